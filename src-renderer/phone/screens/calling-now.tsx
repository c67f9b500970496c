/** @jsxImportSource preact */
import type { CallerMatch } from '#server/caller-id/caller-id.contract.ts';
import type { CallNews } from '#server/calls/calls.contract.ts';
import { money } from '../parts/format.ts';
import { isolated } from '../parts/in-line.ts';
import { useHandful } from '../parts/use-handful.ts';
import { goTo, linkTo } from '../parts/use-route.ts';
import { words } from '../words/words.ts';

function nameOf({ contact }: CallerMatch): string {
  return contact === null ? '' : `${contact.firstName} ${contact.lastName}`.trim();
}

function isSharedByMany({ contact, candidates }: CallerMatch): boolean {
  return contact === null && candidates.length > 0;
}

/** What one wants to know before answering: company, deal, open tickets. */
export function describeCaller({ caller, displayNumber }: Pick<CallNews, 'caller' | 'displayNumber'>): string {
  if (caller === null) return words.calling.nobody;
  const deal =
    caller.deal === null ? undefined : [isolated(caller.deal.name), caller.deal.value === null ? '' : money(caller.deal.value)].filter(Boolean).join(', ');
  const parts = [
    isSharedByMany(caller) ? words.calling.oneOf : undefined,
    caller.company !== null && nameOf(caller) !== '' ? isolated(caller.company.name) : undefined,
    deal,
    caller.openTickets.length === 0 ? undefined : words.calling.openTickets(caller.openTickets.length),
    caller.match === 'maybe' ? words.calling.notCertain : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? displayNumber : parts.join(' · ');
}

/** The name; of a number that several share, whose number it is, because they stand below. */
function titleOf(news: CallNews): string {
  if (news.isWithheld) return words.calling.withheld;
  const { caller } = news;
  if (caller === null) return news.displayNumber;
  if (caller.match === 'maybe') return caller.display;
  const name = isSharedByMany(caller) ? caller.company?.name : nameOf(caller);
  return name === undefined || name === '' ? caller.display : name;
}

const ticketsShown = 3;

function OpenTickets({ tickets }: { readonly tickets: CallerMatch['openTickets'] }) {
  if (tickets.length === 0) return null;
  return (
    <ul class="calling-tickets" aria-label={words.person.openTickets}>
      {tickets.slice(0, ticketsShown).map((ticket) => (
        <li key={ticket.id}>
          {ticket.number} <span dir="auto">{ticket.subject}</span>
        </li>
      ))}
    </ul>
  );
}

const peopleShown = 4;

/** Who else has this number. Each leads to the person. */
function Others({ people, isKnown }: { readonly people: CallerMatch['candidates']; readonly isKnown: boolean }) {
  const { shown, more, showAll } = useHandful(people, { most: peopleShown });
  const label = isKnown ? words.calling.alsoTheirs : words.calling.oneOf;
  return (
    <>
      {isKnown && <p>{label}</p>}
      <ul class="calling-people" aria-label={label}>
        {shown.map(({ id, name }) => (
          <li key={id}>
            <a href={linkTo('people', id)}>{name === '' ? words.parts.noName : name}</a>
          </li>
        ))}
        {more > 0 && (
          <li>
            <button type="button" aria-label={words.parts.showMore(more)} onClick={showAll}>
              +{more}
            </button>
          </li>
        )}
      </ul>
    </>
  );
}

/** The call that rings or is talked now, with the two things one may need while talking. */
export function CallingNow({ news }: { readonly news: CallNews }) {
  const { caller } = news;
  const contact = caller?.contact ?? null;
  const state = news.state === 'ringing' ? words.calling.now : words.calling.talking;
  const others = (caller?.candidates ?? []).filter(({ id }) => id !== contact?.id);
  return (
    <section class="calling" aria-label={state} aria-live="assertive">
      <p>{state}</p>
      <h2>{titleOf(news)}</h2>
      <p>{news.isWithheld ? words.calling.notShown : describeCaller(news)}</p>
      <OpenTickets tickets={caller?.openTickets ?? []} />
      {others.length > 0 && <Others people={others} isKnown={contact !== null} />}
      <div class="calling-acts">
        {contact !== null && (
          <button type="button" onClick={() => goTo('people', contact.id)}>
            {words.calling.contact}
          </button>
        )}
        <button type="button" onClick={() => goTo('calls', news.callId, 'ticket')}>
          {words.calling.openTicket}
        </button>
      </div>
    </section>
  );
}

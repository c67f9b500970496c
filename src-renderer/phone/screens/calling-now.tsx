/** @jsxImportSource preact */
import type { CallNews } from '#server/calls/calls.contract.ts';
import { money } from '../parts/format.ts';
import { goTo } from '../parts/use-route.ts';

function ticketsInWords(count: number): string {
  return `${count} open ${count === 1 ? 'ticket' : 'tickets'}`;
}

/** What one wants to know before answering: company, deal, open tickets. */
export function describeCaller({ caller, displayNumber }: Pick<CallNews, 'caller' | 'displayNumber'>): string {
  if (caller === null) return 'Nobody is known by this number';
  const name = caller.contact === null ? '' : `${caller.contact.firstName} ${caller.contact.lastName}`.trim();
  const deal = caller.deal === null ? undefined : [caller.deal.name, caller.deal.value === null ? '' : money(caller.deal.value)].filter(Boolean).join(', ');
  const parts = [
    caller.company !== null && name !== '' ? caller.company.name : undefined,
    deal,
    caller.openTickets.length === 0 ? undefined : ticketsInWords(caller.openTickets.length),
    caller.match === 'maybe' ? 'not certain' : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? displayNumber : parts.join(' · ');
}

function titleOf(news: CallNews): string {
  if (news.isWithheld) return 'Withheld number';
  const { caller } = news;
  if (caller === null) return news.displayNumber;
  const name = caller.contact === null ? '' : `${caller.contact.firstName} ${caller.contact.lastName}`.trim();
  return name === '' || caller.match === 'maybe' ? caller.display : name;
}

/** The call that rings or is talked now, with the two things one may need while talking. */
export function CallingNow({ news }: { readonly news: CallNews }) {
  const contact = news.caller?.contact ?? null;
  return (
    <section class="calling" aria-label="Calling now" aria-live="assertive">
      <p>{news.state === 'ringing' ? 'Calling now' : 'On the phone'}</p>
      <h2>{titleOf(news)}</h2>
      <p>{news.isWithheld ? 'The number is not shown' : describeCaller(news)}</p>
      <div class="calling-acts">
        {contact !== null && (
          <button type="button" onClick={() => goTo('people', contact.id)}>
            Contact
          </button>
        )}
        <button type="button" onClick={() => goTo('calls', news.callId, 'ticket')}>
          Open ticket
        </button>
      </div>
    </section>
  );
}

/** @jsxImportSource preact */
import type { CallNews } from '#server/calls/calls.contract.ts';
import { money } from '../parts/format.ts';
import { goTo } from '../parts/use-route.ts';
import { words } from '../words/words.ts';

/** What one wants to know before answering: company, deal, open tickets. */
export function describeCaller({ caller, displayNumber }: Pick<CallNews, 'caller' | 'displayNumber'>): string {
  if (caller === null) return words.calling.nobody;
  const name = caller.contact === null ? '' : `${caller.contact.firstName} ${caller.contact.lastName}`.trim();
  const deal = caller.deal === null ? undefined : [caller.deal.name, caller.deal.value === null ? '' : money(caller.deal.value)].filter(Boolean).join(', ');
  const parts = [
    caller.company !== null && name !== '' ? caller.company.name : undefined,
    deal,
    caller.openTickets.length === 0 ? undefined : words.calling.openTickets(caller.openTickets.length),
    caller.match === 'maybe' ? words.calling.notCertain : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? displayNumber : parts.join(' · ');
}

function titleOf(news: CallNews): string {
  if (news.isWithheld) return words.calling.withheld;
  const { caller } = news;
  if (caller === null) return news.displayNumber;
  const name = caller.contact === null ? '' : `${caller.contact.firstName} ${caller.contact.lastName}`.trim();
  return name === '' || caller.match === 'maybe' ? caller.display : name;
}

/** The call that rings or is talked now, with the two things one may need while talking. */
export function CallingNow({ news }: { readonly news: CallNews }) {
  const contact = news.caller?.contact ?? null;
  return (
    <section class="calling" aria-label={words.calling.now} aria-live="assertive">
      <p>{news.state === 'ringing' ? words.calling.now : words.calling.talking}</p>
      <h2>{titleOf(news)}</h2>
      <p>{news.isWithheld ? words.calling.notShown : describeCaller(news)}</p>
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

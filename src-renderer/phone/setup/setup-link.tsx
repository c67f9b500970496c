/** @jsxImportSource preact */
import type { SetupState } from '#server/enrolment/enrolment.contract.ts';
import { askFor, query } from '../device/client.ts';
import { count, dayOf } from '../parts/format.ts';
import { PhoneIcon } from '../parts/icons.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { usePhone } from '../parts/use-phone.tsx';
import { linkTo } from '../parts/use-route.ts';
import { ago } from './ago.ts';
import { chosenWay } from './chosen-way.ts';

/** What the desk saw of this phone's address book, in one line. */
function statusLine(state: SetupState | undefined): string {
  if (state === undefined) return 'See whether it works, and set it up step by step.';
  const { onPhone, inScope, readAt, readBy } = state.contacts;
  if (readAt === null) return 'Not on yet. Set it up step by step.';
  const read = `${count(onPhone)} of ${count(inScope)} contacts, read ${ago(readAt, 'en')} by ${readBy ?? 'this phone'}`;
  return state.works ? `Works. ${read}.` : `Needs a hand. ${read}.`;
}

/** Whether this phone's own call screen knows who calls, and the way to the guide. */
export function SetupLink() {
  const { value } = useLoaded('setup', (signal) => askFor<SetupState>(`/setup${query({ way: chosenWay() })}`, { signal }));
  return (
    <a class="card row setup-link" href={linkTo('phone', 'setup')}>
      <span class="avatar" aria-hidden="true">
        <PhoneIcon />
      </span>
      <span class="row-text">
        <b>Caller ID on the call screen</b>
        <span>{statusLine(value)}</span>
      </span>
    </a>
  );
}

function hasPassed(iso: string | null): boolean {
  return iso !== null && Date.parse(iso) <= Date.now();
}

/** Says on every screen that the account ends, while there is time. */
export function RenewalNotice() {
  const { me } = usePhone();
  if (me?.renewAccount !== true) return null;
  const isOver = hasPassed(me.accountEndsAt);
  return (
    <section class="notice renewal" aria-label="Caller ID needs a renewal">
      <p>
        <b>{isOver ? 'Caller ID has ended' : 'Renew caller ID'}</b>
        <span>
          {me.accountEndsAt === null || isOver ? 'On this phone’s call screen.' : `It ends on this phone’s call screen on ${dayOf(me.accountEndsAt)}.`}
        </span>
      </p>
      <a class="button" href={linkTo('phone', 'setup')}>
        Renew it
      </a>
    </section>
  );
}

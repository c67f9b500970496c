/** @jsxImportSource preact */
import type { SetupState } from '#server/enrolment/enrolment.contract.ts';
import { askFor, query } from '../device/client.ts';
import { count, dayOf } from '../parts/format.ts';
import { PhoneIcon } from '../parts/icons.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { usePhone } from '../parts/use-phone.tsx';
import { linkTo } from '../parts/use-route.ts';
import { locale } from '../words/language.ts';
import { words } from '../words/words.ts';
import { ago } from './ago.ts';
import { chosenWay } from './chosen-way.ts';

/** What the desk saw of this phone's address book, in one line. */
function statusLine(state: SetupState | undefined): string {
  if (state === undefined) return words.setup.unknown;
  const { onPhone, inScope, readAt, readBy } = state.contacts;
  if (readAt === null) return words.setup.notOn;
  const read = words.setup.read(count(onPhone), count(inScope), { ago: ago(readAt, locale), reader: readBy });
  return state.works ? words.setup.works(read) : words.setup.needsAHand(read);
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
        <b>{words.setup.title}</b>
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
    <section class="notice renewal" aria-label={words.setup.needsRenewal}>
      <p>
        <b>{isOver ? words.setup.ended : words.setup.renew}</b>
        <span>{me.accountEndsAt === null || isOver ? words.setup.endedHint : words.setup.renewHint(dayOf(me.accountEndsAt))}</span>
      </p>
      <a class="button" href={linkTo('phone', 'setup')}>
        {words.setup.renewIt}
      </a>
    </section>
  );
}

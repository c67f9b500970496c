/** @jsxImportSource preact */
import { dayOf } from '../parts/format.ts';
import { PhoneIcon } from '../parts/icons.tsx';
import { usePhone } from '../parts/use-phone.tsx';
import { linkTo } from '../parts/use-route.ts';

/** The way to the guide; brass when the account on this phone is to be renewed. */
export function SetupLink() {
  return (
    <a class="card row setup-link" href={linkTo('phone', 'setup')}>
      <span class="avatar" aria-hidden="true">
        <PhoneIcon />
      </span>
      <span class="row-text">
        <b>Caller ID on the call screen</b>
        <span>See whether it works, and set it up step by step.</span>
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

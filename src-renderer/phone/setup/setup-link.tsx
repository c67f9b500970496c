/** @jsxImportSource preact */
import { exact } from '../parts/format.ts';
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
      <b>{isOver ? 'Caller ID on the call screen has ended' : 'Renew caller ID on the call screen'}</b>
      <div class="acts">
        <a class="button" href={linkTo('phone', 'setup')} title={me.accountEndsAt === null ? undefined : exact(me.accountEndsAt)}>
          Renew it
        </a>
      </div>
    </section>
  );
}

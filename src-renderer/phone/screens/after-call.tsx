/** @jsxImportSource preact */
import { useLayoutEffect } from 'preact/hooks';
import type { Call } from '#server/calls/calls.contract.ts';
import type { PhoneStore } from '../device/phone-store.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { usePhoneStore } from '../parts/use-phone.tsx';
import { goTo, readRoute } from '../parts/use-route.ts';
import { words } from '../words/words.ts';
import { nameOf } from './call-row.tsx';

/** Whether the page only shows who calls, so that another screen takes nothing away. */
function isIdle(): boolean {
  const [tab = 'calls', id] = readRoute(location.hash);
  return tab === 'calls' && id === undefined && !(document.activeElement instanceof HTMLInputElement);
}

function openOutcome(store: PhoneStore, callId: string): void {
  store.dismissEnded(callId);
  goTo('calls', callId, 'outcome');
}

/** After a call that was shown here: brings its outcome screen up. Whoever does something else is asked, not interrupted. */
export function AfterCall({ call }: { readonly call: Call }) {
  const store = usePhoneStore();
  useLayoutEffect(() => {
    if (isIdle()) openOutcome(store, call.id);
  }, [store, call.id]);

  return (
    <section class="notice calm" aria-label={words.outcome.title}>
      <p>
        {words.outcome.callFrom}{' '}
        <b>
          <bdi>{nameOf(call)}</bdi>
        </b>
      </p>
      <button type="button" class="round plain" onClick={() => store.dismissEnded(call.id)}>
        <CloseIcon />
        <span class="visually-hidden">{words.parts.dismiss}</span>
      </button>
      <div class="acts">
        <button type="button" class="button" onClick={() => openOutcome(store, call.id)}>
          {words.call.add}
        </button>
      </div>
    </section>
  );
}

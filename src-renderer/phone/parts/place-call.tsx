/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Call } from '#server/calls/calls.contract.ts';
import { askFor } from '../device/client.ts';
import { inWords, Refused } from '../device/problem.ts';
import type { PhoneStore } from '../device/phone-store.ts';
import { telephone } from './format.ts';
import { usePhoneStore } from './use-phone.tsx';
import { goTo } from './use-route.ts';
import { words } from '../words/words.ts';

/**
 * Tells the desk of a call that starts now, and brings up its outcome screen: it waits behind the phone's own dialler
 * and is there when the call is over.
 */
async function reportCall(store: PhoneStore, number: string): Promise<void> {
  const event = { callId: crypto.randomUUID(), event: 'ringing', direction: 'outbound', number, at: new Date().toISOString(), via: 'phone-page' };
  try {
    const call = await askFor<Call>('/calls', { method: 'POST', body: event, keepalive: true });
    store.callsChanged();
    if (call.asksForOutcome) goTo('calls', call.id, 'outcome');
  } catch (error) {
    if (error instanceof Refused) {
      store.say(inWords(error));
      return;
    }
    const isKept = await store.submit({ path: '/calls', body: event, label: words.call.to(number) }).catch(() => undefined);
    store.say(isKept === undefined ? words.call.notLogged : words.call.kept);
  }
}

/** A link that calls a number by the phone's own dialler. */
export function CallLink({
  number,
  extension = null,
  label,
  className,
  onCall,
  children,
}: {
  readonly number: string;
  readonly extension?: string | null;
  readonly label: string;
  readonly className: string;
  readonly onCall?: () => void;
  readonly children: ComponentChildren;
}) {
  const store = usePhoneStore();
  return (
    <a
      class={className}
      href={telephone(number, extension)}
      aria-label={label}
      onClick={() => {
        onCall?.();
        void reportCall(store, number);
      }}
    >
      {children}
    </a>
  );
}

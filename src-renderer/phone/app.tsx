/** @jsxImportSource preact */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { CallerMatch } from '#server/caller-id/caller-id.contract.ts';
import type { Call, CallNews } from '#server/calls/calls.contract.ts';
import { announceEnd, ask, askFor, onEnd, query } from './device/client.ts';
import { erase } from './device/erase.ts';
import { listen } from './device/events.ts';
import { readKeys } from './device/keys.ts';
import { keepPageOffline, syncWhileClosed } from './device/offline.ts';
import type { PhoneStore } from './device/phone-store.ts';
import { PairingScreen } from './pairing/pairing-screen.tsx';
import type { PairingSecret } from './pairing/pairing-code.ts';
import { isPresent } from './parts/present.ts';
import { PhoneProvider } from './parts/use-phone.tsx';
import { replaceWith } from './parts/use-route.ts';
import { wayOf } from './setup/which-phone.ts';
import { ErasedScreen } from './screens/erased-screen.tsx';
import { Shell } from './shell.tsx';

/** A phone may ring when the page is opened: that is why it is opened. */
async function findPresent(store: PhoneStore): Promise<void> {
  const { items } = await askFor<{ items: Call[] }>('/calls?limit=5');
  const present = items.filter((call) => call.direction === 'inbound' && isPresent(call, new Date()));
  const news = present.map(async (call): Promise<CallNews> => {
    const response = call.number === null ? undefined : await ask(`/lookup${query({ number: call.number })}`);
    const caller = response?.status === 200 ? ((await response.json()) as CallerMatch) : null;
    const { id: callId, state, direction, number, displayNumber, isWithheld, agent, startedAt } = call;
    return { callId, state, direction, number, displayNumber, isWithheld, agent, startedAt, caller };
  });
  store.showPresent(await Promise.all(news));
}

/** Keeps the page current: reads what the desk says, syncs at each opening and once a day, looks again when it comes back. */
function keepCurrent(store: PhoneStore): () => void {
  const ended = new AbortController();
  const refresh = () => {
    void store.loadMe().catch(() => undefined);
    void findPresent(store).catch(() => undefined);
  };
  void keepPageOffline()
    .then(syncWhileClosed)
    .then(store.setSyncsWhileClosed)
    .catch(() => undefined);
  void store.sendWaiting();
  // First of all what must not be here any more goes.
  void store.forgetIfStale().then(() => {
    refresh();
    return store.sync();
  });
  void listen(ended.signal, {
    onEvent: (event) => {
      if (event.kind === 'wipe') announceEnd(event.data['reason'] === 'wipe' ? 'wipe' : 'revoked');
      else store.take(event);
    },
    onState: (isConnected) => {
      const comesBack = isConnected && !store.read().isConnected;
      store.setConnected(isConnected);
      if (!comesBack) return;
      refresh();
      void store.syncIfDue();
    },
  });
  const isOnline = () => void store.sendWaiting();
  addEventListener('online', isOnline);
  const daily = setInterval(() => void store.forgetIfStale().then(() => store.syncIfDue()), 600_000);
  const comesBack = () => {
    if (document.visibilityState !== 'visible') return;
    refresh();
    store.callsChanged();
    void store.syncIfDue();
  };
  document.addEventListener('visibilitychange', comesBack);
  return () => {
    ended.abort();
    clearInterval(daily);
    removeEventListener('online', isOnline);
    document.removeEventListener('visibilitychange', comesBack);
  };
}

type Ending = { readonly reason: 'revoked' | 'wipe'; readonly isDone: boolean } | undefined;

/** Not paired, paired, or taken off the desk: one of three pages. */
export function App({ store, secret }: { readonly store: PhoneStore; readonly secret: PairingSecret | undefined }) {
  const [isPaired, setPaired] = useState(() => readKeys() !== undefined && secret === undefined);
  const [ending, setEnding] = useState<Ending>();
  const markPaired = useCallback(() => {
    // A phone goes on to its own call screen; a computer has none.
    if (wayOf(navigator) !== undefined) replaceWith('phone', 'setup');
    setPaired(true);
  }, []);

  useEffect(
    () =>
      onEnd((reason) => {
        setEnding((present) => {
          if (present !== undefined) return present;
          void erase({ confirms: reason === 'wipe' }).then(() => setEnding({ reason, isDone: true }));
          return { reason, isDone: false };
        });
      }),
    [],
  );
  const isRunning = isPaired && ending === undefined;
  useEffect(() => (isRunning ? keepCurrent(store) : undefined), [isRunning, store]);

  if (ending !== undefined) return <ErasedScreen {...ending} />;
  if (!isPaired) return <PairingScreen secret={secret} onPaired={markPaired} />;
  return (
    <PhoneProvider store={store}>
      <Shell />
    </PhoneProvider>
  );
}

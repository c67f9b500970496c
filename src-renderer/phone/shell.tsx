/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import type { Call } from '#server/calls/calls.contract.ts';
import { askFor } from './device/client.ts';
import { kept } from './device/keys.ts';
import { CheckIcon, DeviceIcon, PersonIcon, PhoneIcon } from './parts/icons.tsx';
import { useArrival } from './parts/use-arrival.ts';
import { Failed } from './parts/parts.tsx';
import { useLoaded } from './parts/use-loaded.ts';
import { usePhone } from './parts/use-phone.tsx';
import { useEndOfSearch } from './parts/use-typed.ts';
import { useScrollMemory } from './parts/use-scroll-memory.ts';
import { linkTo, useRoute } from './parts/use-route.ts';
import { AfterCall } from './screens/after-call.tsx';
import { CallScreen } from './screens/call-screen.tsx';
import { CallTicketScreen } from './screens/call-ticket-screen.tsx';
import { CallsScreen, missedSeenName } from './screens/calls-screen.tsx';
import { MissedNotice } from './screens/missed-notice.tsx';
import { OutcomeScreen } from './screens/outcome-screen.tsx';
import { PeopleScreen } from './screens/people-screen.tsx';
import { PersonScreen } from './screens/person-screen.tsx';
import { TasksScreen } from './screens/tasks-screen.tsx';
import { ThisPhoneScreen } from './screens/this-phone-screen.tsx';
import { LoadSetup } from './setup/load-setup.tsx';
import { RenewalNotice } from './setup/setup-link.tsx';
import { words } from './words/words.ts';

const tabs = [
  { name: 'calls', Icon: PhoneIcon },
  { name: 'people', Icon: PersonIcon },
  { name: 'tasks', Icon: CheckIcon },
  { name: 'phone', Icon: DeviceIcon },
] as const;

/** Above this nobody counts. */
const mostMissed = 20;

/** How many calls were missed since one last looked. */
function useMissedCount(): number {
  const { callsVersion } = usePhone();
  const missed = useLoaded('missed', (signal) => askFor<{ items: Call[] }>(`/calls?missed=true&limit=${mostMissed + 1}`, { signal }), callsVersion);
  const seen = kept(missedSeenName);
  const since = typeof seen === 'string' ? seen : '';
  return (missed.value?.items ?? []).filter((call) => call.startedAt > since).length;
}

function Tabs({ present }: { readonly present: string }) {
  const missed = useMissedCount();
  return (
    <nav class="tabs" aria-label={words.tabs.label}>
      {tabs.map(({ name, Icon }) => (
        <a key={name} href={linkTo(name)} aria-current={present === name ? 'page' : undefined}>
          <Icon />
          <span>{words.tabs[name]}</span>
          {name === 'calls' && missed > 0 && present !== 'calls' && (
            <span class="badge">
              <span aria-hidden="true">{missed > mostMissed ? `${mostMissed}+` : missed}</span>
              <span class="visually-hidden">{missed > mostMissed ? words.tabs.manyMissed(mostMissed) : words.tabs.missed(missed)}</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  );
}

/** Stands in for a screen that could not be drawn, so that a fault in one thing takes nothing else away. */
function Guarded({ children }: { readonly children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary();
  return error === undefined ? children : <Failed error={error} onRetry={reset} />;
}

function Screen({ route }: { readonly route: readonly string[] }): ComponentChildren {
  const [tab = 'calls', id, act] = route;
  if (tab === 'people') return id === undefined ? <PeopleScreen /> : <PersonScreen key={id} id={id} />;
  if (tab === 'tasks') return <TasksScreen />;
  if (tab === 'phone') return id === 'setup' ? <LoadSetup /> : <ThisPhoneScreen />;
  if (id === undefined) return <CallsScreen />;
  if (act === 'outcome') return <OutcomeScreen key={id} id={id} />;
  return act === 'ticket' ? <CallTicketScreen key={id} id={id} /> : <CallScreen key={id} id={id} />;
}

function Toast() {
  const { toast } = usePhone();
  return (
    <output class="toast-place">
      {toast !== undefined && (
        <span class="toast">
          <span>{toast.text}</span>
          {toast.undo !== undefined && (
            <button type="button" onClick={toast.undo}>
              {words.parts.undo}
            </button>
          )}
        </span>
      )}
    </output>
  );
}

/** The paired phone: one screen, the tabs below it, and what passes by. */
export function Shell() {
  const route = useRoute();
  const { missed, ended, me } = usePhone();
  const tab = tabs.find(({ name }) => name === route[0])?.name ?? 'calls';
  const place = route.join('/');

  useScrollMemory(tab === place || place === '' ? tab : place);
  useEndOfSearch(tab, place);
  useArrival(place, me?.serverName ?? 'Doorline');

  return (
    <>
      <main class="screen">
        {place !== 'phone/setup' && <RenewalNotice />}
        {missed !== undefined && <MissedNotice news={missed} />}
        {ended !== undefined && <AfterCall key={ended.id} call={ended} />}
        <Guarded key={place}>
          <Screen route={route} />
        </Guarded>
      </main>
      <Toast />
      <Tabs present={tab} />
    </>
  );
}

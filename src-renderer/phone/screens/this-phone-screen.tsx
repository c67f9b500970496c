/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { announceEnd } from '../device/client.ts';
import { count, exact, when } from '../parts/format.ts';
import { SyncIcon } from '../parts/icons.tsx';
import { ScreenTop, Switch } from '../parts/parts.tsx';
import { SetupLink } from '../setup/setup-link.tsx';
import { usePhone, usePhoneStore } from '../parts/use-phone.tsx';
import { words } from '../words/words.ts';
import { QueueCard } from './queue-card.tsx';

function SyncCard() {
  const store = usePhoneStore();
  const { sync, held, lastSyncAt, isConnected, isStale, syncsWhileClosed } = usePhone();
  const { progress } = sync;
  return (
    <section class="card status" aria-label={words.phone.contacts}>
      <dl>
        <div>
          <dt>{words.phone.synced}</dt>
          <dd>{held === undefined ? '–' : count(held)}</dd>
        </div>
        <div>
          <dt>{words.phone.updated}</dt>
          <dd title={lastSyncAt === undefined ? undefined : exact(lastSyncAt)}>{lastSyncAt === undefined ? words.phone.notYet : when(lastSyncAt)}</dd>
        </div>
      </dl>
      {sync.state === 'running' && (
        <output class="progress">
          <progress value={progress?.done ?? 0} max={Math.max(1, progress?.total ?? 1)} aria-label={words.phone.received} />
          <span>
            {progress === undefined ? words.phone.asking : words.phone.progress(count(progress.done), count(Math.max(progress.done, progress.total)))}
          </span>
        </output>
      )}
      {sync.state === 'failed' && (
        <p class="problem" role="alert">
          {sync.problem}
        </p>
      )}
      {isStale && <p class="hint">{words.phone.stale}</p>}
      {!isConnected && <p class="hint">{words.phone.notConnected}</p>}
      <button type="button" class="button" disabled={sync.state === 'running'} onClick={() => void store.sync()}>
        <SyncIcon />
        {words.phone.syncNow}
      </button>
      <button type="button" class="button" disabled={sync.state === 'running'} onClick={() => void store.sync({ startsAnew: true })}>
        {words.phone.readAgain}
      </button>
      <p class="hint">{words.phone.whenRead[syncsWhileClosed]}</p>
    </section>
  );
}

/** Offers to put the page on the home screen, where the browser does that when asked. */
function InstallCard() {
  const store = usePhoneStore();
  const { install } = usePhone();
  if (install === undefined) return null;
  return (
    <section class="card status" aria-labelledby="install">
      <h2 id="install">{words.install.title}</h2>
      <p class="hint">{words.install.hint}</p>
      <button
        type="button"
        class="button"
        onClick={() => {
          // A browser asks once for each offer.
          store.offerInstall(undefined);
          void install().catch(() => undefined);
        }}
      >
        {words.install.act}
      </button>
    </section>
  );
}

function Leave({ deskName }: { readonly deskName: string }) {
  const [isSure, setSure] = useState(false);
  if (!isSure) {
    return (
      <button type="button" class="button danger" onClick={() => setSure(true)}>
        {words.phone.leave}
      </button>
    );
  }
  return (
    <fieldset class="card confirm" aria-label={words.phone.leave}>
      <p>{words.phone.leaveHint(deskName)}</p>
      <div class="acts">
        <button type="button" class="button" onClick={() => setSure(false)}>
          {words.phone.stay}
        </button>
        <button type="button" class="button danger filled" onClick={() => announceEnd('wipe')}>
          {words.phone.removeAll}
        </button>
      </div>
    </fieldset>
  );
}

/** What is on this phone, what it does, and the way off. */
export function ThisPhoneScreen() {
  const store = usePhoneStore();
  const { me } = usePhone();
  return (
    <>
      <ScreenTop title={words.phone.title} />
      <SyncCard />
      <QueueCard />
      <SetupLink />
      <InstallCard />
      {me !== undefined && (
        <>
          <h2 class="group">{words.phone.whenItRings}</h2>
          <div class="card">
            <Switch
              label={words.phone.callerId}
              hint={words.phone.callerIdHint}
              isOn={me.settings.callerId}
              onTurn={(callerId) => void store.turn({ callerId })}
            />
            <Switch
              label={words.phone.showDeal}
              hint={words.phone.showDealHint}
              isOn={me.settings.showDeal}
              onTurn={(showDeal) => void store.turn({ showDeal })}
            />
          </div>
          <h2 class="group">{words.phone.afterACall}</h2>
          <div class="card">
            <Switch
              label={words.phone.outcomeScreen}
              hint={words.phone.outcomeScreenHint}
              isOn={me.settings.outcomeScreen}
              onTurn={(outcomeScreen) => void store.turn({ outcomeScreen })}
            />
            <Switch
              label={words.phone.logCalls}
              hint={words.phone.logCallsHint}
              isOn={me.settings.logCalls}
              onTurn={(logCalls) => void store.turn({ logCalls })}
            />
          </div>
          <h2 class="group">{words.phone.about}</h2>
          <dl class="facts card">
            <div>
              <dt>{words.phone.name}</dt>
              <dd>{me.name}</dd>
            </div>
            <div>
              <dt>{words.phone.desk}</dt>
              <dd>{me.serverName}</dd>
            </div>
            <div>
              <dt>{words.phone.scope}</dt>
              <dd>{me.scope.everyone ? words.phone.everyone : words.phone.lists}</dd>
            </div>
          </dl>
          <p class="hint">{words.phone.keptHere}</p>
          <Leave deskName={me.serverName} />
        </>
      )}
    </>
  );
}

/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { announceEnd } from '../device/client.ts';
import { count, exact, when } from '../parts/format.ts';
import { SyncIcon } from '../parts/icons.tsx';
import { ScreenTop, Switch } from '../parts/parts.tsx';
import { SetupLink } from '../setup/setup-link.tsx';
import { usePhone, usePhoneStore } from '../parts/use-phone.tsx';
import { QueueCard } from './queue-card.tsx';

function SyncCard() {
  const store = usePhoneStore();
  const { sync, held, lastSyncAt, isConnected, isStale } = usePhone();
  const { progress } = sync;
  return (
    <section class="card status" aria-label="Contacts on this phone">
      <dl>
        <div>
          <dt>Contacts synced</dt>
          <dd>{held === undefined ? '–' : count(held)}</dd>
        </div>
        <div>
          <dt>Last updated</dt>
          <dd title={lastSyncAt === undefined ? undefined : exact(lastSyncAt)}>{lastSyncAt === undefined ? 'Not yet' : when(lastSyncAt)}</dd>
        </div>
      </dl>
      {sync.state === 'running' && (
        <output class="progress">
          <progress value={progress?.done ?? 0} max={Math.max(1, progress?.total ?? 1)} aria-label="Contacts received" />
          <span>{progress === undefined ? 'Asking the desk' : `${count(progress.done)} of ${count(Math.max(progress.done, progress.total))}`}</span>
        </output>
      )}
      {sync.state === 'failed' && (
        <p class="problem" role="alert">
          {sync.problem}
        </p>
      )}
      {isStale && <p class="hint">The desk was not reached for a week, so its contacts were removed from this phone. They come back when it is reached.</p>}
      {!isConnected && <p class="hint">The desk is not reached right now. It is tried again by itself.</p>}
      <button type="button" class="button" disabled={sync.state === 'running'} onClick={() => void store.sync()}>
        <SyncIcon />
        Sync now
      </button>
      <button type="button" class="button" disabled={sync.state === 'running'} onClick={() => void store.sync({ startsAnew: true })}>
        Read everything again
      </button>
      <p class="hint">Contacts are read when this page opens, once a day while it is open, and by Sync now.</p>
    </section>
  );
}

function Leave({ deskName }: { readonly deskName: string }) {
  const [isSure, setSure] = useState(false);
  if (!isSure) {
    return (
      <button type="button" class="button danger" onClick={() => setSure(true)}>
        Take this phone off the desk
      </button>
    );
  }
  return (
    <fieldset class="card confirm" aria-label="Take this phone off the desk">
      <p>All contacts of {deskName} are removed from this phone. To use it again it must be paired anew.</p>
      <div class="acts">
        <button type="button" class="button" onClick={() => setSure(false)}>
          Keep it
        </button>
        <button type="button" class="button danger filled" onClick={() => announceEnd('wipe')}>
          Remove all
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
      <ScreenTop title="This phone" />
      <SyncCard />
      <QueueCard />
      <SetupLink />
      {me !== undefined && (
        <>
          <h2 class="group">When it rings</h2>
          <div class="card">
            <Switch label="Caller ID" hint="Show who calls on this phone." isOn={me.settings.callerId} onTurn={(callerId) => void store.turn({ callerId })} />
            <Switch
              label="Show deal"
              hint="The name and amount of the caller’s open deal."
              isOn={me.settings.showDeal}
              onTurn={(showDeal) => void store.turn({ showDeal })}
            />
          </div>
          <h2 class="group">After a call</h2>
          <div class="card">
            <Switch
              label="Outcome screen"
              hint="Ask how it went, for a note and for follow-ups."
              isOn={me.settings.outcomeScreen}
              onTurn={(outcomeScreen) => void store.turn({ outcomeScreen })}
            />
            <Switch
              label="Log calls"
              hint="Also calls made outside this page, and calls from known contacts."
              isOn={me.settings.logCalls}
              onTurn={(logCalls) => void store.turn({ logCalls })}
            />
          </div>
          <h2 class="group">About</h2>
          <dl class="facts card">
            <div>
              <dt>Name</dt>
              <dd>{me.name}</dd>
            </div>
            <div>
              <dt>Desk</dt>
              <dd>{me.serverName}</dd>
            </div>
            <div>
              <dt>Contacts</dt>
              <dd>{me.scope.everyone ? 'Everybody who may be on phones' : 'Chosen lists'}</dd>
            </div>
          </dl>
          <p class="hint">
            Contacts are kept in this browser only. They go when this phone is revoked or wiped on the desk, and when it does not reach the desk for a week.
          </p>
          <Leave deskName={me.serverName} />
        </>
      )}
    </>
  );
}

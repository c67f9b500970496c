/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { AndroidAccount } from '#server/enrolment/enrolment.contract.ts';
import { askFor } from '../device/client.ts';
import { inWords } from '../device/problem.ts';
import type { GuideWords } from './guide-words.ts';

/** Two pairs of hex digits at a time, as people compare them. */
export function Fingerprint({ value, words }: { readonly value: string; readonly words: GuideWords }) {
  const groups = value.match(/..:../gu) ?? [];
  return (
    <section class="setup-fingerprint" aria-label={words.fingerprint}>
      <b>{words.fingerprint}</b>
      <ol>
        {groups.map((group, index) => (
          <li key={`${index}-${group}`}>{group.replace(':', ' ')}</li>
        ))}
      </ol>
      <small>{words.fingerprintHint}</small>
    </section>
  );
}

/** Saves the file from the page itself: its secret is in no address. */
function save(account: AndroidAccount): void {
  const file = new Blob([JSON.stringify(account.managedConfiguration, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'davdroid-config.json';
  link.click();
  URL.revokeObjectURL(link.href);
}

function ByHand({ account, words }: { readonly account: AndroidAccount; readonly words: GuideWords }) {
  return (
    <dl class="setup-fields">
      {(['url', 'userName', 'password'] as const).map((name) => (
        <div key={name}>
          <dt>{words.fields[name]}</dt>
          <dd>
            <code>{account[name]}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Makes the account and hands it to DAVx5: by link, by hand, or as a file for Managed DAVx5. */
export function HandToDavx5({ words, isAgain, onMade }: { readonly words: GuideWords; readonly isAgain: boolean; readonly onMade: () => void }) {
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [shown, setShown] = useState<AndroidAccount>();

  async function make(use: (account: AndroidAccount) => void): Promise<void> {
    setBusy(true);
    setProblem('');
    setShown(undefined);
    try {
      const account = await askFor<AndroidAccount>('/setup/android', { method: 'POST' });
      onMade();
      use(account);
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  }
  function open(account: AndroidAccount): void {
    // Chrome knows intent links; other browsers hand the plain one to the system.
    location.assign(/Chrome\//u.test(navigator.userAgent) ? account.intentUrl : account.davx5Url);
  }

  return (
    <div class="setup-act">
      <button type="button" class={isAgain ? 'button wide' : 'button primary wide'} disabled={isBusy} onClick={() => void make(open)}>
        {words.openDavx5}
      </button>
      {isAgain && <p class="hint">{words.replaces}</p>}
      {problem !== '' && (
        <p class="problem" role="alert">
          {words.failed}. {problem}
        </p>
      )}
      <p class="setup-get">
        <b>{words.getDavx5}</b>{' '}
        <a href="https://f-droid.org/packages/at.bitfire.davdroid/" target="_blank" rel="noreferrer">
          F-Droid
        </a>{' '}
        <a href="https://play.google.com/store/apps/details?id=at.bitfire.davdroid" target="_blank" rel="noreferrer">
          Google Play
        </a>
        <small>{words.getDavx5Hint}</small>
      </p>
      <details class="setup-more">
        <summary>{words.byHand}</summary>
        <p>{words.byHandHint}</p>
        {shown === undefined ? (
          <button type="button" class="button wide" disabled={isBusy} onClick={() => void make(setShown)}>
            {words.showPassword}
          </button>
        ) : (
          <ByHand account={shown} words={words} />
        )}
      </details>
      <details class="setup-more">
        <summary>{words.managed}</summary>
        <p>{words.managedHint}</p>
        <button type="button" class="button wide" disabled={isBusy} onClick={() => void make(save)}>
          davdroid-config.json
        </button>
      </details>
    </div>
  );
}

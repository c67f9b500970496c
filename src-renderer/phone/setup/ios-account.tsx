/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { IosAccount } from '#server/enrolment/enrolment.contract.ts';
import { askFor } from '../device/client.ts';
import { inWords } from '../device/problem.ts';
import type { GuideWords } from './guide-words.ts';

/** Only Safari loads profiles: in other browsers and on the home screen the address is copied over to it. */
function isSafari(): boolean {
  const isOther = /CriOS|FxiOS|EdgiOS|OPT\//u.test(navigator.userAgent);
  return !isOther && !isHomeScreenApp();
}

function isHomeScreenApp(): boolean {
  return matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;
}

/** Makes the account and lets Safari load its profile. */
export function LoadProfile({ words, isAgain, onMade }: { readonly words: GuideWords; readonly isAgain: boolean; readonly onMade: () => void }) {
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [address, setAddress] = useState('');
  const [isCopied, setCopied] = useState(false);

  async function load(): Promise<void> {
    setBusy(true);
    setProblem('');
    setCopied(false);
    try {
      const { url } = await askFor<IosAccount>('/setup/ios', { method: 'POST', body: { language: words.language } });
      onMade();
      if (isSafari()) location.assign(url);
      else setAddress(new URL(url, location.href).href);
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  }
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => undefined,
    );
  }

  return (
    <div class="setup-act">
      <button type="button" class={isAgain ? 'button wide' : 'button primary wide'} disabled={isBusy} onClick={() => void load()}>
        {isAgain ? words.loadAgain : words.loadProfile}
      </button>
      {isAgain && <p class="hint">{words.replaces}</p>}
      {address !== '' && (
        <>
          <p>{words.inSafari}</p>
          <code class="setup-secret">{address}</code>
          <button type="button" class="button wide" onClick={() => void copy()}>
            {isCopied ? words.copied : words.copyAddress}
          </button>
        </>
      )}
      {problem !== '' && (
        <p class="problem" role="alert">
          {words.failed}. {problem}
        </p>
      )}
    </div>
  );
}

/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { askFor } from '../device/client.ts';
import { inWords } from '../device/problem.ts';
import type { GuideWords } from './guide-words.ts';

/** Says that the owner still has this phone: its contacts stay, or come back. */
export function RenewLease({ words, onRenewed }: { readonly words: GuideWords; readonly onRenewed: () => void }) {
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  async function renew(): Promise<void> {
    setBusy(true);
    setProblem('');
    await askFor('/setup/renew', { method: 'POST' }).then(onRenewed, (error: unknown) => setProblem(inWords(error)));
    setBusy(false);
  }

  return (
    <>
      <button type="button" class="button primary wide" disabled={isBusy} onClick={() => void renew()}>
        {words.byTap.act}
      </button>
      {problem !== '' && (
        <p class="problem" role="alert">
          {words.failed}. {problem}
        </p>
      )}
    </>
  );
}

/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { CheckIcon } from '../parts/icons.tsx';
import { grouped } from '../parts/format.ts';
import { Alone } from '../parts/parts.tsx';
import { words } from '../words/words.ts';
import { pair, pendingClaim, type PairingStep } from './pairing-flow.ts';
import { readTyped, type PairingSecret } from './pairing-code.ts';

type Mark = 'done' | 'now' | 'open';

function Step({ mark, children }: { readonly mark: Mark; readonly children: string }) {
  return (
    <li class={`step ${mark}`}>
      <i aria-hidden="true">{mark === 'done' && <CheckIcon />}</i>
      <span>{children}</span>
      <span class="visually-hidden">, {words.pairing.marks[mark]}</span>
    </li>
  );
}

function Steps({ step }: { readonly step: PairingStep }) {
  const isClaimed = step.at === 'comparing' || step.at === 'approved';
  const approval: Mark = isClaimed ? 'now' : 'open';
  return (
    <ol class="steps">
      <Step mark="done">{words.pairing.steps.trusted}</Step>
      <Step mark={isClaimed ? 'done' : 'now'}>{words.pairing.steps.sameNetwork}</Step>
      <Step mark={step.at === 'approved' ? 'done' : approval}>{words.pairing.steps.approved}</Step>
      <Step mark={step.at === 'approved' ? 'now' : 'open'}>{words.pairing.steps.received}</Step>
    </ol>
  );
}

function TypedCode({ onCode }: { readonly onCode: (token: string) => void }) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  function submit(event: Event): void {
    event.preventDefault();
    const token = readTyped(typed);
    if (token === undefined) setProblem(words.pairing.notACode);
    else onCode(token);
  }
  return (
    <Alone title={words.pairing.title}>
      <p>{words.pairing.how}</p>
      <form onSubmit={submit} noValidate>
        <label class="field">
          <span>{words.pairing.typeIt}</span>
          <input
            class="code-field"
            value={typed}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-invalid={problem !== ''}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setProblem('');
            }}
          />
        </label>
        {problem !== '' && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="button primary wide">
          {words.pairing.connect}
        </button>
      </form>
    </Alone>
  );
}

function Failure({
  step,
  onRetry,
  onRestart,
}: {
  readonly step: PairingStep & { at: 'failed' };
  readonly onRetry: () => void;
  readonly onRestart: () => void;
}) {
  return (
    <Alone title={step.title}>
      <p role="alert">{step.detail}</p>
      {step.canRetry && (
        <button type="button" class="button primary wide" onClick={onRetry}>
          {words.parts.tryAgain}
        </button>
      )}
      <button type="button" class="button wide" onClick={onRestart}>
        {words.pairing.otherCode}
      </button>
    </Alone>
  );
}

/** Takes the phone from a scanned or typed code to being approved. */
export function PairingScreen({ secret, onPaired }: { readonly secret: PairingSecret | undefined; readonly onPaired: () => void }) {
  const [start, setStart] = useState(() => secret ?? pendingClaim());
  const [round, setRound] = useState(0);
  const [step, setStep] = useState<PairingStep>({ at: 'claiming' });

  useEffect(() => {
    if (start === undefined) return undefined;
    const ended = new AbortController();
    void pair(start, ended.signal, (next) => {
      if (ended.signal.aborted) return;
      setStep(next);
      if (next.at === 'approved') onPaired();
    });
    return () => ended.abort();
  }, [start, round, onPaired]);

  if (start === undefined) return <TypedCode onCode={(token) => setStart({ token, fingerprint: '' })} />;
  if (step.at === 'failed') {
    return <Failure step={step} onRetry={() => setRound((before) => before + 1)} onRestart={() => setStart(undefined)} />;
  }
  return (
    <Alone title={words.pairing.title}>
      {step.at === 'comparing' ? (
        <>
          <p>{words.pairing.compare}</p>
          <p class="code" aria-live="polite">
            {grouped(step.code)}
          </p>
        </>
      ) : (
        <output class="quiet">{step.at === 'claiming' ? words.pairing.asking : words.pairing.approved}</output>
      )}
      <Steps step={step} />
      {step.at === 'comparing' && <p class="hint">{words.pairing.ifTheyDiffer}</p>}
    </Alone>
  );
}

/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SetupState, SetupWay } from '#server/enrolment/enrolment.contract.ts';
import { askFor, query } from '../device/client.ts';
import { keep, kept } from '../device/keys.ts';
import { inWords } from '../device/problem.ts';
import { Failed, InnerTop, Waiting } from '../parts/parts.tsx';
import { usePhoneStore } from '../parts/use-phone.tsx';
import { goBack, goTo } from '../parts/use-route.ts';
import { Fingerprint, HandToDavx5 } from './android-account.tsx';
import { BatteryCard } from './battery-card.tsx';
import { guideSteps } from './guide-steps.ts';
import { LoadProfile } from './ios-account.tsx';
import { SetupStatus } from './setup-status.tsx';
import type { GuideWords, StepName } from './guide-words.ts';
import { StepCard } from './step-card.tsx';
import { useSetup } from './use-setup.ts';
import { chosenWay, keepWay } from './chosen-way.ts';
import './guide.css';

const batteryName = 'setup-battery';

/** What the phone says it is; Chrome keeps the model out of its user agent and gives it when asked. */
function useModel(): string {
  const [model, setModel] = useState(navigator.userAgent);
  useEffect(() => {
    const hints = (navigator as { userAgentData?: { getHighEntropyValues(names: readonly string[]): Promise<{ model?: string }> } }).userAgentData;
    void hints?.getHighEntropyValues(['model']).then(
      (values) => values.model !== undefined && values.model !== '' && setModel(`${navigator.userAgent} ${values.model}`),
      () => undefined,
    );
  }, []);
  return model;
}

function TestCall({ words, state, onAnswer }: { readonly words: GuideWords; readonly state: SetupState; readonly onAnswer: (state: SetupState) => void }) {
  const [problem, setProblem] = useState('');
  async function say(showedName: boolean): Promise<void> {
    setProblem('');
    await askFor<SetupState>(`/setup/test-call${query({ way: state.way })}`, { method: 'POST', body: { showedName } }).then(onAnswer, (error: unknown) =>
      setProblem(inWords(error)),
    );
  }
  return (
    <div class="setup-act">
      <div class="acts">
        <button type="button" class="button primary" onClick={() => void say(true)}>
          {words.itShowed}
        </button>
        <button type="button" class="button" onClick={() => void say(false)}>
          {words.itDidNot}
        </button>
      </div>
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {state.testCallWorked === false && (
        <ul class="setup-do setup-warning" role="alert">
          {words.steps.testCall.stuck.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function WaySwitch({ way, words, onChoose }: { readonly way: SetupWay; readonly words: GuideWords; readonly onChoose: (way: SetupWay) => void }) {
  return (
    <fieldset class="segments" aria-label={words.whichPhone}>
      {(['ios', 'android'] as const).map((name) => (
        <button key={name} type="button" aria-pressed={way === name} onClick={() => onChoose(name)}>
          {name === 'ios' ? 'iPhone' : 'Android'}
        </button>
      ))}
    </fieldset>
  );
}

function Permissions({ words }: { readonly words: GuideWords }) {
  return (
    <section class="setup-why" aria-label={words.permissions.title}>
      <b>{words.permissions.title}</b>
      <dl>
        {words.permissions.list.map(([name, why]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** From a paired phone to one whose own call screen knows who calls: each step drawn, and green once the desk saw it. */
export function GuideScreen({ words }: { readonly words: GuideWords }) {
  const store = usePhoneStore();
  const [way, setWay] = useState(() => chosenWay());
  const [isBatterySet, setBatterySet] = useState(() => kept(batteryName) === true);
  const { state, error, look, setState } = useSetup(way);
  const model = useModel();

  function choose(next: SetupWay): void {
    keepWay(next);
    setWay(next);
  }
  function setBattery(isDone: boolean): void {
    keep(batteryName, isDone ? true : undefined);
    setBatterySet(isDone);
  }
  function made(): void {
    void look();
    void store.loadMe().catch(() => undefined);
  }

  if (state === undefined || (way !== undefined && state.way !== way)) {
    return (
      <>
        <InnerTop title={words.title} onBack={() => goBack('phone')} />
        {error === undefined ? <Waiting rows={4} /> : <Failed error={error} onRetry={() => void look()} />}
      </>
    );
  }

  const steps = guideSteps(state, isBatterySet);
  const done = steps.filter(({ mark }) => mark === 'done').length;
  const isToLoad = (name: StepName) => (name === 'profile' || name === 'link') && state.lease.renew && !state.lease.renewsByTap;
  const parts: Partial<Record<StepName, ComponentChildren>> = {
    profile: <LoadProfile words={words} isAgain={steps.some(({ name, mark }) => name === 'profile' && mark === 'done')} onMade={made} />,
    link: <HandToDavx5 words={words} isAgain={steps.some(({ name, mark }) => name === 'link' && mark === 'done')} onMade={made} />,
    accountAndroid: state.certificate.isOwn && <Fingerprint value={state.certificate.serverFingerprint} words={words} />,
    contactsAndroid: <Permissions words={words} />,
    battery: <BatteryCard words={words} model={model} isDone={isBatterySet} onDone={setBattery} />,
    testCall: <TestCall words={words} state={state} onAnswer={setState} />,
  };
  return (
    <div class="setup">
      <InnerTop title={words.title} onBack={() => goBack('phone')} />
      <SetupStatus state={state} words={words} done={done} all={steps.length} onRenewed={made} />
      {done < steps.length && <p class="hint">{words.lead}</p>}
      <WaySwitch way={state.way} words={words} onChoose={choose} />
      <output class="visually-hidden">{words.progress(done, steps.length)}</output>
      <div class="setup-steps">
        {steps.map((step) => (
          <StepCard key={step.name} step={step} words={words} isOpen={step.mark === 'now' || isToLoad(step.name)}>
            {parts[step.name]}
          </StepCard>
        ))}
      </div>
      <div class="setup-leave">
        <button type="button" class="button" onClick={() => goTo('calls')}>
          {state.works ? words.finish : words.later}
        </button>
      </div>
    </div>
  );
}

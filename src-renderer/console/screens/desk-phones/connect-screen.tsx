import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PbxKind, PbxSourceWithKey } from '#server/pbx/pbx.contract.ts';
import { connectPbx, pbxSourceQuery } from '../../../api/pbx.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { Wizard, type WizardNext } from '../../../ui/wizard.tsx';
import { addressesOf, DetailsFields, type SystemDraft } from './details-fields.tsx';
import { FirstRequest } from './first-request.tsx';
import { KindCards } from './kind-cards.tsx';
import { wordsOf } from './kinds.ts';
import { PhoneBookFile } from './phone-book-file.tsx';
import { SelfTestPart } from './self-test.tsx';
import { SetupTexts } from './setup-texts.tsx';
import styles from './system-parts.module.css';

const stepKeys = ['kind', 'details', 'setup', 'test'] as const;
type StepKey = (typeof stepKeys)[number];

const words: Readonly<Record<StepKey, { readonly label: string; readonly lead: string }>> = {
  kind: { label: 'What it is', lead: 'Each gets its own ready-made configuration and a key that opens nothing else.' },
  details: { label: 'Name and extensions', lead: 'All of this can be changed later.' },
  setup: { label: 'Configuration', lead: 'Copy it into the system. The desk’s address and the key are in it already.' },
  test: { label: 'Test', lead: 'First the desk tries everything itself, then it waits for the system.' },
};

const empty: SystemDraft = { name: '', scope: { everyone: true, listIds: [], most: null }, addresses: '', extensions: [], mostEntries: null };

/** Connecting a desk phone or a telephone system, step by step. The key lives in this window only. */
export function ConnectScreen() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [step, setStep] = useState<StepKey>('kind');
  const [kind, setKind] = useState<PbxKind | null>(null);
  const [draft, setDraft] = useState(empty);
  const connect = useMutation({
    mutationFn: (chosen: PbxKind) =>
      connectPbx({
        ...draft,
        kind: chosen,
        name: draft.name.trim() === '' ? wordsOf(chosen).name : draft.name,
        addresses: addressesOf(draft.addresses),
      }),
    async onSuccess() {
      setStep('setup');
      await queries.invalidateQueries({ queryKey: ['pbx', 'list'] });
    },
  });
  const connected = connect.data;
  const name = kind === null ? 'a system' : wordsOf(kind).name;

  const headings: Readonly<Record<StepKey, string>> = {
    kind: 'What do you connect?',
    details: `Connect ${name}`,
    setup: `Set ${name} up`,
    test: 'Does it work?',
  };
  const leave = () => void navigate({ to: '/desk-phones' });
  const nexts: Readonly<Record<StepKey, WizardNext>> = {
    kind: { label: 'Continue', isDisabled: kind === null, onClick: () => setStep('details') },
    details: { label: 'Make the configuration', isBusy: connect.isPending, onClick: () => kind !== null && connect.mutate(kind) },
    setup: { label: 'It is in place', onClick: () => setStep('test') },
    test: { label: 'Done', onClick: leave },
  };
  const backs: Readonly<Record<StepKey, (() => void) | undefined>> = {
    kind: undefined,
    details: () => setStep('kind'),
    setup: undefined,
    test: () => setStep('setup'),
  };
  const at = stepKeys.indexOf(step);
  return (
    <Wizard
      title="Connect a desk phone or PBX"
      steps={stepKeys.map((key, index) => ({
        key,
        label: words[key].label,
        isDone: index < at,
        isOpen: connected === undefined ? index <= at : index >= 2,
      }))}
      current={step}
      onStep={(key) => setStep(stepKeys.find((one) => one === key) ?? step)}
      heading={headings[step]}
      lead={words[step].lead}
      onBack={backs[step]}
      onFinishLater={step === 'test' ? undefined : leave}
      next={nexts[step]}
    >
      {step === 'kind' ? <KindCards chosen={kind} onChoose={setKind} /> : null}
      {step === 'details' && kind !== null ? (
        <>
          <ProblemSummary error={connect.error} title="The system was not connected" labels={{ name: 'What to call it', 'scope.listIds': 'Lists' }} />
          <DetailsFields kind={kind} draft={draft} problems={fieldProblems(connect.error)} onEdit={(patch) => setDraft({ ...draft, ...patch })} />
        </>
      ) : null}
      {step === 'setup' && connected !== undefined ? <SetupStep connected={connected} /> : null}
      {step === 'test' && connected !== undefined ? <TestStep connected={connected} /> : null}
    </Wizard>
  );
}

function SetupStep({ connected }: { readonly connected: PbxSourceWithKey }) {
  return (
    <div className={styles.parts}>
      <SetupTexts connected={connected} />
      {connected.source.kind === 'fritzbox' ? (
        <section aria-labelledby="phone-book-file">
          <h3 id="phone-book-file" className={styles.title}>
            Phone book as a file
          </h3>
          <PhoneBookFile sourceId={connected.source.id} />
        </section>
      ) : null}
    </div>
  );
}

function TestStep({ connected }: { readonly connected: PbxSourceWithKey }) {
  const source = useQuery({ ...pbxSourceQuery(connected.source.id), initialData: connected.source }).data;
  return (
    <div className={styles.stack}>
      <SelfTestPart sourceId={source.id} secret={connected.key} />
      <FirstRequest source={source} />
      <p className={styles.quiet}>You may leave: the list of systems shows when it was heard of.</p>
    </div>
  );
}

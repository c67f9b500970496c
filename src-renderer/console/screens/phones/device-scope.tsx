import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Device, DevicePatch, PhoneScope } from '#server/devices/devices.contract.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showUndoToast } from '../../../ui/toasts.tsx';
import { RecordPart } from '../people/record-page.tsx';
import styles from './device-screen.module.css';
import { CompanyField } from './company-field.tsx';
import { ScopeFields } from './scope-fields.tsx';

interface DeviceScopePartProps {
  readonly device: Device;
  readonly onSave: (patch: DevicePatch) => Promise<void>;
}

/** Which contacts the phone gets. Saved in one go, because the phone then fetches its contacts anew. */
export function DeviceScopePart({ device, onSave }: DeviceScopePartProps) {
  const [draft, setDraft] = useState<PhoneScope>();
  const save = useMutation({
    mutationFn: (scope: PhoneScope) => onSave({ scope }),
    onSuccess: () => setDraft(undefined),
  });
  const scope = draft ?? device.scope;
  const before = device.scope;
  return (
    <RecordPart title="Which contacts it gets">
      <ScopeFields scope={scope} problem={fieldProblems(save.error)['scope.listIds']} mostProblem={fieldProblems(save.error)['scope.most']} onChange={setDraft}>
        <CompanyField showsCompany={scope.showsCompany} onChange={(showsCompany) => setDraft({ ...scope, showsCompany })} />
      </ScopeFields>
      {draft === undefined ? null : (
        <>
          <ProblemSummary error={save.error} title="This was not saved" labels={{ 'scope.listIds': 'Lists', 'scope.most': 'At most' }} />
          <div className={styles.buttons}>
            <Button
              variant="filled"
              loading={save.isPending}
              disabled={!draft.everyone && draft.listIds.length === 0}
              onClick={() => save.mutate(draft, { onSuccess: () => showUndoToast('The phone fetches its contacts anew', () => save.mutate(before)) })}
            >
              Save
            </Button>
            <Button onClick={() => setDraft(undefined)}>Leave it as it was</Button>
          </div>
        </>
      )}
    </RecordPart>
  );
}

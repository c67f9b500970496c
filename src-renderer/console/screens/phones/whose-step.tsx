import { fieldProblems } from '../../../api/problem.ts';
import { FieldStack, SelectField, TextField } from '../../../ui/fields.tsx';
import type { PairingModel } from './use-pairing.ts';

/** Who carries the phone, and what to call it. A name nobody typed follows the person. */
export function WhoseStep({ model }: { readonly model: PairingModel }) {
  const { draft, agents, deviceName, edit } = model;
  const problems = fieldProblems(model.start.error);
  return (
    <FieldStack>
      <SelectField
        label="Who carries it"
        hint="Calls on this phone are noted under this name. Add people under Settings, Team."
        value={draft.agentId ?? agents[0]?.id ?? null}
        choices={agents.map(({ id, name }) => ({ value: id, label: name }))}
        problem={problems['agentId']}
        onChange={(agentId) => edit({ agentId })}
      />
      <TextField
        label="What to call the phone"
        hint="So that you find it again in the list, and know which one to end when it is lost."
        value={draft.deviceName}
        placeholder={deviceName === '' ? 'Anna’s iPhone' : deviceName}
        maxLength={80}
        problem={problems['deviceName']}
        onChange={(name) => edit({ deviceName: name })}
      />
    </FieldStack>
  );
}

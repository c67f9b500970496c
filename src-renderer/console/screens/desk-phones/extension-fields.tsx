import { ActionIcon, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import type { Extension } from '#server/pbx/pbx.contract.ts';
import { agentsQuery } from '../../../api/team.ts';
import { SelectField, TextField } from '../../../ui/fields.tsx';
import styles from './extension-fields.module.css';

interface ExtensionFieldsProps {
  readonly extensions: readonly Extension[];
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (extensions: Extension[]) => void;
}

/** Whose extension is whose, so that a call rings on the right screens. */
export function ExtensionFields({ extensions, problems, onChange }: ExtensionFieldsProps) {
  const agents = (useQuery(agentsQuery).data ?? []).filter((agent) => agent.isActive);
  const first = agents.find((agent) => !extensions.some((entry) => entry.agentId === agent.id)) ?? agents[0];

  function change(index: number, patch: Partial<Extension>): void {
    onChange(extensions.map((entry, at) => (at === index ? { ...entry, ...patch } : entry)));
  }

  return (
    <fieldset className={styles.fields}>
      <legend className={styles.legend}>Extensions</legend>
      <p className={styles.hint}>Whose extension it is, so that a call rings on the right screens. Without them, calls are kept for everybody.</p>
      {extensions.map((entry, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line has no other name while its extension is typed
        <div key={index} className={styles.line}>
          <TextField
            label={`Extension ${index + 1}`}
            value={entry.extension}
            placeholder="101"
            maxLength={40}
            problem={problems[`extensions[${index}].extension`] ?? problems[`extensions.${index}.extension`]}
            onChange={(extension) => change(index, { extension })}
          />
          <SelectField
            label="Belongs to"
            value={entry.agentId}
            choices={agents.map(({ id, name }) => ({ value: id, label: name }))}
            problem={problems[`extensions[${index}].agentId`]}
            onChange={(agentId) => change(index, { agentId: agentId ?? '' })}
          />
          <ActionIcon aria-label={`Remove extension ${index + 1}`} onClick={() => onChange(extensions.filter((_, at) => at !== index))}>
            <X size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        leftSection={<Plus size={14} aria-hidden="true" />}
        disabled={first === undefined}
        onClick={() => onChange([...extensions, { extension: '', agentId: first?.id ?? '' }])}
      >
        Add an extension
      </Button>
    </fieldset>
  );
}

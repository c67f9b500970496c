import { ActionIcon, Button, CloseButton, Select, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useId, useState } from 'react';
import { languageName } from '../people/people-words.ts';
import type { StageDraft } from './pipeline-draft.ts';
import styles from './pipelines-screen.module.css';

interface StageRowProps {
  readonly stage: StageDraft;
  /** The portal's languages, the default first. */
  readonly languages: readonly string[];
  readonly problem: string | undefined;
  readonly onChange: (stage: StageDraft) => void;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
  readonly onRemove: (() => void) | undefined;
}

const nobody = 'nobody';
const turns = [
  { value: 'team', label: 'Our turn' },
  { value: 'customer', label: 'Customer’s turn' },
  { value: nobody, label: 'Nobody’s turn' },
];
const kinds = [
  { value: 'open', label: 'Open' },
  { value: 'closed', label: 'Closed' },
];

/** One stage: its name, whether it counts as open, whose turn it is, and what customers read. */
export function StageRow({ stage, languages, problem, onChange, onUp, onDown, onRemove }: StageRowProps) {
  const written = Object.values(stage.publicName).filter((name) => name.trim() !== '');
  const [areNamesOpen, setNamesOpen] = useState(false);
  const id = useId();
  const what = stage.name === '' ? 'the new stage' : stage.name;
  return (
    <div className={styles.stage}>
      <div className={styles.stageRow}>
        <div className={styles.order}>
          <ActionIcon size={24} aria-label={`Move ${what} up`} disabled={onUp === undefined} onClick={onUp}>
            <ArrowUp size={14} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon size={24} aria-label={`Move ${what} down`} disabled={onDown === undefined} onClick={onDown}>
            <ArrowDown size={14} aria-hidden="true" />
          </ActionIcon>
        </div>
        <TextInput
          aria-label="Name of the stage"
          value={stage.name}
          maxLength={80}
          autoComplete="off"
          error={problem}
          onChange={(event) => onChange({ ...stage, name: event.currentTarget.value })}
        />
        <Select
          aria-label={`${what} counts as`}
          data={kinds}
          value={stage.isOpen ? 'open' : 'closed'}
          allowDeselect={false}
          onChange={(value) => onChange({ ...stage, isOpen: value === 'open' })}
        />
        <Select
          aria-label={`Whose turn at ${what}`}
          data={turns}
          value={stage.turn ?? nobody}
          allowDeselect={false}
          onChange={(value) => onChange({ ...stage, turn: value === 'team' || value === 'customer' ? value : null })}
        />
        <Button
          variant="subtle"
          color="gray"
          className={styles.public ?? ''}
          aria-expanded={areNamesOpen}
          aria-controls={id}
          onClick={() => setNamesOpen(!areNamesOpen)}
        >
          <bdi className={styles.publicName}>{written[0] ?? 'No name for customers'}</bdi>
        </Button>
        {onRemove === undefined ? (
          <span className={styles.remove} />
        ) : (
          <CloseButton className={styles.remove ?? ''} aria-label={`Remove ${what}`} onClick={onRemove} />
        )}
      </div>
      {areNamesOpen ? (
        <div id={id} className={styles.names}>
          {languages.map((language) => (
            <TextInput
              key={language}
              size="xs"
              label={`For customers, ${languageName(language)}`}
              placeholder={stage.isOpen ? 'Open' : 'Closed'}
              value={stage.publicName[language] ?? ''}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => onChange({ ...stage, publicName: { ...stage.publicName, [language]: event.currentTarget.value } })}
            />
          ))}
        </div>
      ) : null}
    </div>
  );
}

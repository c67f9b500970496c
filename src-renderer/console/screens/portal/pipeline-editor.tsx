import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Pipeline } from '#server/tickets/tickets.contract.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { addPipeline, changePipeline, pipelinesQuery } from '../../../api/tickets.ts';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { draftOf, inputOf, withMoved, type PipelineDraft, type StageDraft } from './pipeline-draft.ts';
import styles from './pipelines-screen.module.css';
import { StageRow } from './stage-row.tsx';

type PipelineEditorProps = { readonly languages: readonly string[] } & (
  | { readonly pipeline: Pipeline; readonly start?: never; readonly onDone?: never }
  | { readonly pipeline?: never; readonly start: PipelineDraft; readonly onDone: () => void }
);

/** One pipeline: its name and its stages in order, saved in one go. */
export function PipelineEditor({ pipeline, start, languages, onDone }: PipelineEditorProps) {
  const queries = useQueryClient();
  const [edited, setEdited] = useState<PipelineDraft>();
  const stored = pipeline === undefined ? start : draftOf(pipeline);
  const draft = edited ?? stored ?? { name: '', stages: [] };
  const save = useMutation({
    mutationFn: () => (pipeline === undefined ? addPipeline(inputOf(draft)) : changePipeline(pipeline.id, inputOf(draft))),
    async onSuccess(saved) {
      await queries.invalidateQueries({ queryKey: pipelinesQuery.queryKey });
      setEdited(undefined);
      showToast(`“${saved.name}” is saved`);
      onDone?.();
    },
  });
  const problems = fieldProblems(save.error);
  const shown = Object.fromEntries(
    draft.stages.flatMap((stage, index) => ['', '.name', '.isOpen', '.id'].map((part) => [`stages.${index}${part}`, stage.name])),
  );

  function setStages(stages: readonly StageDraft[]): void {
    setEdited({ ...draft, stages });
  }

  return (
    <form
      className={styles.pipeline}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <ProblemSummary error={save.error} title="The pipeline was not saved" labels={{ name: 'Name', ...shown }} />
      <TextInput
        label="Name"
        className={styles.name ?? ''}
        value={draft.name}
        maxLength={80}
        error={problems['name']}
        autoComplete="off"
        autoFocus={pipeline === undefined}
        onChange={(event) => setEdited({ ...draft, name: event.currentTarget.value })}
      />
      <div className={styles.stages}>
        <div className={styles.stageHead} aria-hidden="true">
          <span />
          <span>Stage</span>
          <span>Counts as</span>
          <span>Whose turn</span>
          <span>Customers read</span>
          <span />
        </div>
        {draft.stages.map((stage, index) => (
          <StageRow
            key={stage.key}
            stage={stage}
            languages={languages}
            problem={['', '.name', '.isOpen', '.id'].map((part) => problems[`stages.${index}${part}`]).find((problem) => problem !== undefined)}
            onChange={(next) => setStages(draft.stages.map((one, at) => (at === index ? next : one)))}
            onUp={index === 0 ? undefined : () => setStages(withMoved(draft.stages, index, -1))}
            onDown={index === draft.stages.length - 1 ? undefined : () => setStages(withMoved(draft.stages, index, 1))}
            onRemove={draft.stages.length <= 2 ? undefined : () => setStages(draft.stages.filter((_, at) => at !== index))}
          />
        ))}
      </div>
      <footer className={styles.foot}>
        <Button
          size="xs"
          leftSection={<Plus size={13} aria-hidden="true" />}
          disabled={draft.stages.length >= 30}
          onClick={() => setStages([...draft.stages, { key: crypto.randomUUID(), name: '', isOpen: true, publicName: {}, turn: null }])}
        >
          Add a stage
        </Button>
        <span className={styles.space} />
        {edited === undefined && pipeline !== undefined ? null : (
          <>
            <Button
              onClick={() => {
                save.reset();
                setEdited(undefined);
                onDone?.();
              }}
            >
              {pipeline === undefined ? 'Not now' : 'Discard'}
            </Button>
            <Button type="submit" variant="filled" loading={save.isPending}>
              Save
            </Button>
          </>
        )}
      </footer>
    </form>
  );
}

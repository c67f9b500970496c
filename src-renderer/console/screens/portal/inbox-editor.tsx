import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Inbox, InboxInput } from '#server/conversations/conversations.contract.ts';
import type { Pipeline } from '#server/tickets/tickets.contract.ts';
import { addInbox, changeInbox, inboxesQuery } from '../../../api/conversations.ts';
import { fieldProblems, problemSentence } from '../../../api/problem.ts';
import { InlineText } from '../../../ui/inline-text.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { QuietSelect } from '../../../ui/quiet-select.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import styles from './pipelines-screen.module.css';

/** One inbox: its name, and the stage its new tickets start at; changed where it stands. */
export function InboxEditor({ inbox, pipelines }: { readonly inbox: Inbox; readonly pipelines: readonly Pipeline[] }) {
  const queries = useQueryClient();
  async function save(patch: Partial<InboxInput>): Promise<void> {
    await changeInbox(inbox.id, patch);
    await Promise.all([queries.invalidateQueries({ queryKey: inboxesQuery.queryKey }), queries.invalidateQueries({ queryKey: ['tickets'] })]);
  }
  return (
    <div className={styles.inbox}>
      <InlineText label="Name of the inbox" path="name" value={inbox.name} placeholder="Name" maxLength={80} onSave={(name) => save({ name })} />
      <QuietSelect
        label="New tickets start at"
        value={inbox.stageId}
        choices={startChoices(pipelines)}
        onChange={(stageId) => {
          const pipelineId = pipelines.find((pipeline) => pipeline.stages.some((stage) => stage.id === stageId))?.id;
          if (pipelineId !== undefined) void save({ pipelineId, stageId }).catch((error: unknown) => showProblemToast(problemSentence(error)));
        }}
      />
      <span className={styles.quiet}>{inbox.openTickets === 1 ? '1 open ticket' : `${inbox.openTickets.toLocaleString('en')} open tickets`}</span>
    </div>
  );
}

/** The stages new tickets can start at: open ones, named with their pipeline where there are several. */
function startChoices(pipelines: readonly Pipeline[]) {
  return pipelines.flatMap((pipeline) =>
    pipeline.stages
      .filter((stage) => stage.isOpen)
      .map((stage) => ({ value: stage.id, label: pipelines.length > 1 ? `${pipeline.name}: ${stage.name}` : stage.name })),
  );
}

export function NewInbox({ pipelines, onDone }: { readonly pipelines: readonly Pipeline[]; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const choices = startChoices(pipelines);
  const [name, setName] = useState('');
  const [stageId, setStageId] = useState(choices[0]?.value ?? '');
  const add = useMutation({
    mutationFn: () => addInbox({ name, stageId, pipelineId: pipelines.find((pipeline) => pipeline.stages.some((stage) => stage.id === stageId))?.id ?? '' }),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: inboxesQuery.queryKey });
      onDone();
    },
  });
  const problems = fieldProblems(add.error);
  return (
    <form
      className={styles.newInbox}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <ProblemSummary error={add.error} title="The inbox was not added" labels={{ name: 'Name', stageId: 'New tickets start at' }} />
      <div className={styles.inboxFields}>
        <TextInput
          label="Name"
          value={name}
          maxLength={80}
          autoFocus
          autoComplete="off"
          error={problems['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="New tickets start at"
          data={choices}
          value={stageId}
          allowDeselect={false}
          error={problems['stageId']}
          onChange={(value) => setStageId(value ?? '')}
        />
      </div>
      <div className={styles.foot}>
        <Button type="submit" variant="filled" loading={add.isPending}>
          Add
        </Button>
        <Button onClick={onDone}>Not now</Button>
      </div>
    </form>
  );
}

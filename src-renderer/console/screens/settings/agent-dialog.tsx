import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AgentInput, type Agent } from '#server/team/team.contract.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { addAgent, agentsQuery, changeAgent } from '../../../api/team.ts';
import { SelectField, TextField } from '../../../ui/fields.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { problemsOf } from '../../use-edited-form.ts';
import styles from './team.module.css';

interface AgentDialogProps {
  readonly edited: Agent | 'new' | undefined;
  readonly onClose: () => void;
}

/** Adds a colleague or changes one. */
export function AgentDialog({ edited, onClose }: AgentDialogProps) {
  return (
    <Modal opened={edited !== undefined} onClose={onClose} title={edited === 'new' ? 'Add a colleague' : 'Edit a colleague'}>
      {edited === undefined ? null : <AgentForm agent={edited === 'new' ? undefined : edited} onClose={onClose} />}
    </Modal>
  );
}

const roleChoices = [
  { value: 'agent', label: 'Agent: answers customers' },
  { value: 'admin', label: 'Admin: also changes settings' },
];

function AgentForm({ agent, onClose }: { readonly agent: Agent | undefined; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(agent?.name ?? '');
  const [email, setEmail] = useState(agent?.email ?? '');
  const [role, setRole] = useState<'admin' | 'agent'>('agent');
  const [wasTried, setTried] = useState(false);
  const input = { name, email: email.trim() === '' ? null : email.trim(), role };
  const save = useMutation({
    mutationFn: () => (agent === undefined ? addAgent(input) : changeAgent(agent.id, { name: input.name, email: input.email })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: agentsQuery.queryKey });
      showToast(agent === undefined ? `${name} is in the team.` : 'Saved.');
      onClose();
    },
  });
  const wrong = problemsOf(AgentInput, input);
  const problems = { ...fieldProblems(save.error), ...(wasTried ? wrong : {}) };

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(wrong).length === 0) save.mutate();
      }}
    >
      <TextField label="Name" hint="As customers should read it." value={name} problem={problems['name']} maxLength={80} autoFocus onChange={setName} />
      <TextField label="E-mail" hint="For notices to the team. Can stay empty." type="email" value={email} problem={problems['email']} onChange={setEmail} />
      {agent === undefined ? (
        <SelectField label="Role" value={role} choices={roleChoices} onChange={(chosen) => setRole(chosen === 'admin' ? 'admin' : 'agent')} />
      ) : null}
      <ProblemSummary error={save.error} title="The colleague was not saved" labels={{ name: 'Name', email: 'E-mail', role: 'Role' }} />
      <div className={styles.buttons}>
        <Button type="submit" variant="filled" loading={save.isPending}>
          {agent === undefined ? 'Add' : 'Save'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}

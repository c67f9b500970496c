import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { Agent } from '#server/team/team.contract.ts';
import { problemSentence } from '../../../api/problem.ts';
import { agentsQuery, changeAgent } from '../../../api/team.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showToast, showUndoToast } from '../../../ui/toasts.tsx';
import { AgentDialog } from './agent-dialog.tsx';
import { SettingsPage } from './settings-page.tsx';
import styles from './team.module.css';

const roles: Readonly<Record<Agent['role'], string>> = { owner: 'Owner', admin: 'Admin', agent: 'Agent' };

/** Who answers customers. */
export function TeamScreen() {
  const agents = useQuery(agentsQuery);
  const [edited, setEdited] = useState<Agent | 'new'>();
  const change = useChangeActive();
  return (
    <SettingsPage
      title="Team"
      actions={
        <Button variant="filled" leftSection={<UserPlus size={15} aria-hidden="true" />} onClick={() => setEdited('new')}>
          Add a colleague
        </Button>
      }
    >
      <Loaded query={agents} failed="The team could not be read" skeleton={<ListSkeleton rows={3} height={60} />}>
        {(team) =>
          team.length === 0 ? (
            <EmptyState title="Nobody is here yet">Colleagues who answer customers and carry phones stand here.</EmptyState>
          ) : (
            <ul className={styles.team}>
              {team.map((agent) => (
                <AgentRow key={agent.id} agent={agent} onEdit={() => setEdited(agent)} onActive={(isActive) => change.mutate({ agent, isActive })} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <AgentDialog edited={edited} onClose={() => setEdited(undefined)} />
    </SettingsPage>
  );
}

/** Leaving the team can be undone, so nobody is asked. */
function useChangeActive() {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: ({ agent, isActive }: { agent: Agent; isActive: boolean }) => changeAgent(agent.id, { isActive }),
    onSuccess: (_agent, { agent, isActive }) => {
      void queries.invalidateQueries({ queryKey: agentsQuery.queryKey });
      if (isActive) showToast(`${agent.name} is in the team again.`);
      else showUndoToast(`${agent.name} is out of the team.`, () => change.mutate({ agent, isActive: true }));
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  return change;
}

interface AgentRowProps {
  readonly agent: Agent;
  readonly onEdit: () => void;
  readonly onActive: (isActive: boolean) => void;
}

function AgentRow({ agent, onEdit, onActive }: AgentRowProps) {
  return (
    <li data-inactive={!agent.isActive || undefined}>
      <Avatar name={agent.name} />
      <div className={styles.who}>
        <span className={styles.name} dir="auto">
          {agent.name}
        </span>
        <span className={styles.mail}>{agent.email ?? 'No e-mail'}</span>
      </div>
      {agent.isActive ? <Chip>{roles[agent.role]}</Chip> : <Chip tone="warn">out of the team</Chip>}
      <Button size="xs" onClick={onEdit} aria-label={`Edit ${agent.name}`}>
        Edit
      </Button>
      {agent.role === 'owner' ? null : (
        <Button size="xs" onClick={() => onActive(!agent.isActive)} aria-label={`${agent.isActive ? 'Remove' : 'Bring back'} ${agent.name}`}>
          {agent.isActive ? 'Remove' : 'Bring back'}
        </Button>
      )}
    </li>
  );
}

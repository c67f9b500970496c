import { ActionIcon, Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, PanelRight } from 'lucide-react';
import type { Ticket } from '#server/tickets/tickets.contract.ts';
import { agentsQuery } from '../../../api/team.ts';
import { Chip } from '../../../ui/chip.tsx';
import { ChoiceMenu } from '../../../ui/quiet-select.tsx';
import { WithShortcut } from '../../../ui/shortcuts.tsx';
import { IconLink } from '../../shell/links.tsx';
import type { DeskFilter } from './desk-filter.ts';
import { stateInWords } from './ticket-words.ts';
import styles from './ticket-header.module.css';
import { useCloseAndReopen, useTicketChange } from './use-ticket-change.ts';

interface TicketHeaderProps {
  readonly ticket: Ticket;
  readonly filter: DeskFilter;
  readonly onDetails: () => void;
}

/** What the ticket is about, its state, and the two things one does with it. */
export function TicketHeader({ ticket, filter, onDetails }: TicketHeaderProps) {
  const close = useCloseAndReopen(ticket);
  return (
    <header className={styles.bar}>
      <IconLink to="/desk" search={filter} className={styles.back ?? ''} aria-label="Back to the tickets">
        <ArrowLeft size={18} aria-hidden="true" />
      </IconLink>
      <h1 className={styles.subject} title={ticket.subject} dir="auto">
        {ticket.subject}
      </h1>
      <span className={styles.state}>
        <Chip tone={ticket.isOpen && ticket.waitsFor !== 'customer' ? 'on' : 'quiet'} dot={ticket.isOpen}>
          {stateInWords(ticket)}
        </Chip>
      </span>
      <Assign ticket={ticket} />
      <WithShortcut label={ticket.isOpen ? 'Close the ticket' : 'Open it again'} shortcut="e">
        <Button loading={close.isBusy} disabled={!close.isPossible} onClick={close.toggle}>
          {ticket.isOpen ? 'Close' : 'Reopen'}
        </Button>
      </WithShortcut>
      <ActionIcon className={styles.details ?? ''} aria-label="Show contact and details" onClick={onDetails}>
        <PanelRight size={18} aria-hidden="true" />
      </ActionIcon>
    </header>
  );
}

const nobody = '';

function Assign({ ticket }: { readonly ticket: Ticket }) {
  const agents = useQuery(agentsQuery);
  const change = useTicketChange(ticket.id);
  const active = (agents.data ?? []).filter((agent) => agent.isActive).map((agent) => ({ value: agent.id, label: agent.name }));
  return (
    <Menu>
      <Menu.Target>
        <Button
          className={styles.assign ?? ''}
          loading={change.isPending}
          title={ticket.assignee === null ? 'Nobody has this ticket yet' : `Assigned to ${ticket.assignee.name}`}
        >
          <bdi className={styles.assignee}>{ticket.assignee?.name ?? 'Assign'}</bdi>
        </Button>
      </Menu.Target>
      <ChoiceMenu
        label="Assign to"
        value={ticket.assignee?.id ?? nobody}
        choices={[...active, { value: nobody, label: 'Nobody' }]}
        onChange={(id) => change.mutate({ assigneeId: id === nobody ? null : id })}
      />
    </Menu>
  );
}

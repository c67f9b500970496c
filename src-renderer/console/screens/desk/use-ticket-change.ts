import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Pipeline, Ticket, TicketPatch } from '#server/tickets/tickets.contract.ts';
import { problemSentence } from '../../../api/problem.ts';
import { changeTicket, pipelinesQuery, ticketQuery } from '../../../api/tickets.ts';
import { showProblemToast, showUndoToast } from '../../../ui/toasts.tsx';
import { ticketNumber } from './ticket-words.ts';

/** Changes fields of a ticket; the answer is on screen at once, a refusal says why. */
export function useTicketChange(ticketId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (patch: TicketPatch) => changeTicket(ticketId, patch),
    onSuccess(ticket) {
      queries.setQueryData(ticketQuery(ticketId).queryKey, ticket);
      return queries.invalidateQueries({ queryKey: ['tickets'] });
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
}

/** Closes or reopens: a move to the pipeline's first closed or first open stage, which can be taken back. */
export function useCloseAndReopen(ticket: Pick<Ticket, 'id' | 'number' | 'isOpen' | 'pipelineId' | 'stage'>) {
  const change = useTicketChange(ticket.id);
  const { data: pipelines } = useQuery(pipelinesQuery);
  const target = otherSide(
    pipelines?.find((pipeline) => pipeline.id === ticket.pipelineId),
    ticket.isOpen,
  );

  function toggle(): void {
    if (target === undefined || change.isPending) return;
    const { id: stageId } = ticket.stage;
    change.mutate(
      { stageId: target.id },
      {
        onSuccess: () => showUndoToast(`Ticket ${ticketNumber(ticket.number)} ${ticket.isOpen ? 'closed' : 'reopened'}`, () => change.mutate({ stageId })),
      },
    );
  }

  return { toggle, isPossible: target !== undefined, isBusy: change.isPending };
}

function otherSide(pipeline: Pipeline | undefined, isOpen: boolean) {
  return pipeline?.stages.toSorted((one, other) => one.position - other.position).find((stage) => stage.isOpen !== isOpen);
}

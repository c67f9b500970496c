import type { Stage, TicketSummary } from './tickets.contract.ts';

type Turn = TicketSummary['waitsFor'];

/** Whose turn it is in a stage. An open stage that does not say leaves it as it was. */
export function turnIn(stage: Pick<Stage, 'isOpen' | 'turn'>, before: Turn): Turn {
  if (!stage.isOpen) return 'nobody';
  if (stage.turn !== null) return stage.turn;
  return before === 'nobody' ? 'team' : before;
}

/**
 * Where a customer's answer takes a ticket that waits for them: back to the last stage before in which the team works,
 * else to the first that is the team's. Undefined: it stays where it is.
 */
export function stageAfterCustomer(stages: readonly Stage[], current: Stage): Stage | undefined {
  if (current.turn !== 'customer') return undefined;
  const ofTeam = stages.filter((stage) => stage.isOpen && stage.turn !== 'customer');
  return ofTeam.findLast((stage) => stage.position < current.position) ?? ofTeam[0];
}

/** Where an agent's answer takes an open ticket: to the first stage that waits for the customer. Undefined: it stays. */
export function stageAfterAgent(stages: readonly Stage[], current: Stage): Stage | undefined {
  if (!current.isOpen || current.turn === 'customer') return undefined;
  return stages.find((stage) => stage.isOpen && stage.turn === 'customer');
}

import type { Context } from '../kernel/context.ts';
import { openTicketsOfContact, recentCallsWith } from './caller-id.queries.ts';
import type { Tell } from './number-search.service.ts';

// Several people share a number: who of them is it? Evidence decides, in this order; without any, nobody is named alone.

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly isPinned: boolean;
  readonly hasAsMobile: boolean;
  readonly ownerAgentId: string | null;
  readonly lastActivityAt: string;
}

export interface Ranking {
  readonly ctx: Context;
  readonly e164: string | null;
  readonly agentId: string | undefined;
  readonly tell: Tell;
}

const daysRemembered = 90;
const ticketsLookedAt = 20;

type Narrow = (ranking: Ranking, candidates: readonly Candidate[]) => Promise<readonly Candidate[]> | readonly Candidate[];

/** Those with the highest score; everybody when nobody has one. */
function best(scored: readonly { readonly candidate: Candidate; readonly score: string | undefined }[]): Candidate[] {
  const scores = scored.map((entry) => entry.score).filter((score) => score !== undefined);
  if (scores.length === 0) return scored.map((entry) => entry.candidate);
  const highest = scores.reduce((left, right) => (right > left ? right : left));
  return scored.filter((entry) => entry.score === highest).map((entry) => entry.candidate);
}

const withOpenTicket: Narrow = async ({ ctx }, candidates) => {
  const scored = [];
  for (const candidate of candidates) {
    const tickets = await ctx.hot.all(openTicketsOfContact, { id: candidate.id, limit: ticketsLookedAt });
    const scores = tickets.map((ticket) => `${ticket.urgency} ${ticket.last_activity_at}`).sort();
    scored.push({ candidate, score: scores.at(-1) });
  }
  return best(scored);
};

const lastSpokenTo: Narrow = async ({ ctx, e164, agentId }, candidates) => {
  const since = new Date(ctx.now().getTime() - daysRemembered * 86_400_000).toISOString();
  const scored = [];
  for (const candidate of candidates) {
    const calls = await ctx.hot.all(recentCallsWith, { contactId: candidate.id, since });
    const spoken = calls.filter((call) => call.e164 === e164 && (call.state === 'answered' || call.state === 'ended') && call.outcome !== 'wrong-number');
    // A call of this agent counts more than a newer one of somebody else.
    const scores = spoken.map((call) => `${agentId !== undefined && call.agent_id === agentId ? 1 : 0} ${call.started_at}`).sort();
    scored.push({ candidate, score: scores.at(-1) });
  }
  return best(scored);
};

const only =
  (test: (candidate: Candidate, ranking: Ranking) => boolean): Narrow =>
  (ranking, candidates) =>
    best(candidates.map((candidate) => ({ candidate, score: test(candidate, ranking) ? 'yes' : undefined })));

const criteria: readonly (readonly [name: string, narrow: Narrow])[] = [
  ['Pinned to this number', only((candidate) => candidate.isPinned)],
  ['Has the most urgent open ticket', withOpenTicket],
  [`Last spoken to on this number, in ${daysRemembered} days`, lastSpokenTo],
  ['Has it as a mobile number', only((candidate) => candidate.hasAsMobile)],
  ['Is one of your own contacts', only((candidate, { agentId }) => agentId !== undefined && candidate.ownerAgentId === agentId)],
];

/** All candidates, the likeliest first, and whether evidence speaks for the first one alone. */
export async function rankCandidates(
  ranking: Ranking,
  candidates: readonly Candidate[],
): Promise<{ readonly ranked: readonly Candidate[]; readonly isDecided: boolean }> {
  const byActivity = candidates.toSorted((left, right) => (left.lastActivityAt < right.lastActivityAt ? 1 : -1));
  let remaining: readonly Candidate[] = byActivity;
  for (const [name, narrow] of criteria) {
    if (remaining.length === 1) break;
    const kept = await narrow(ranking, remaining);
    const before = remaining.length;
    ranking.tell(name, () => outcomeOf(kept, before));
    remaining = kept;
  }
  const others = byActivity.filter((candidate) => !remaining.includes(candidate));
  return { ranked: [...remaining, ...others], isDecided: remaining.length === 1 };
}

function outcomeOf(kept: readonly Candidate[], before: number): string {
  if (kept.length === before) return 'Does not tell them apart.';
  return kept.length === 1 ? `${kept[0]?.name ?? ''}.` : `${kept.length} of ${before}.`;
}

import { recordAct } from '../audit/audit.service.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';
import type { Agent, AgentInput, AgentPatch } from './team.contract.ts';
import { findAgent, findOwner, insertAgent, listAgentRows, updateAgent, type AgentRow } from './team.queries.ts';

function toAgent(row: AgentRow): Agent {
  // The column is written by this service only, from the contract's values.
  return { id: row.id, name: row.name, email: row.email, role: row.role as Agent['role'], isActive: row.is_active === 1 };
}

/** The team; the owner first. A team is small, so it is one page. */
export async function listAgents(ctx: Context): Promise<Page<Agent>> {
  return { items: (await listAgentRows(ctx.db)).map(toAgent), nextCursor: null };
}

/** The manager at this PC, who acts through the console. Made at the first start. The fixed id keeps two starts from making two. */
export async function ensureOwner(ctx: Context): Promise<Agent> {
  const existing = await findOwner(ctx.db);
  if (existing !== undefined) return toAgent(existing);
  const now = isoNow(ctx);
  await insertAgent(ctx.db, { id: 'owner', name: 'Support', email: null, role: 'owner', created_at: now, updated_at: now });
  return toAgent((await findOwner(ctx.db)) as AgentRow);
}

export async function getAgent(ctx: Context, id: string): Promise<Agent> {
  const row = await findAgent(ctx.db, id);
  if (row === undefined) throw new NotFound('This agent');
  return toAgent(row);
}

export function addAgent(ctx: Context, input: AgentInput): Promise<Agent> {
  return inTransaction(ctx, async (ctx) => {
    const id = newId();
    const now = isoNow(ctx);
    await insertAgent(ctx.db, { id, name: input.name, email: input.email, role: input.role, created_at: now, updated_at: now });
    const row = await findAgent(ctx.db, id);
    if (row === undefined) throw new InvalidInput([{ path: 'email', message: 'Another agent has this address already.' }]);
    await recordAct(ctx, { action: 'agent.added', target: { kind: 'agent', id, name: input.name }, detail: { role: input.role } });
    return toAgent(row);
  });
}

export function changeAgent(ctx: Context, id: string, patch: AgentPatch): Promise<Agent> {
  return inTransaction(ctx, async (ctx) => {
    const row = await updateAgent(ctx.db, id, {
      updated_at: isoNow(ctx),
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.email === undefined ? {} : { email: patch.email }),
      ...(patch.isActive === undefined ? {} : { is_active: patch.isActive ? 1 : 0 }),
    });
    if (row === undefined) throw new NotFound('This agent');
    await recordAct(ctx, { action: 'agent.changed', target: { kind: 'agent', id, name: row.name }, detail: patch });
    return toAgent(row);
  });
}

import type { Context } from '#server/kernel/context.ts';
import { newId } from '#server/kernel/ids.ts';
import { ensureTicketDefaults } from '#server/tickets/ticket-defaults.service.ts';

/** An open ticket of a contact or company, as urgent and as old as the test says. */
export async function givenOpenTicket(
  ctx: Context,
  ticket: {
    readonly contactId?: string;
    readonly companyId?: string;
    readonly subject?: string;
    readonly priority?: string;
    readonly at?: string;
    readonly isOpen?: 0 | 1;
  },
): Promise<string> {
  await ensureTicketDefaults(ctx);
  const id = newId();
  const at = ticket.at ?? '2026-03-01T09:00:00.000Z';
  const newest = await ctx.db.selectFrom('tickets').select('number').orderBy('number', 'desc').limit(1).executeTakeFirst();
  await ctx.db
    .insertInto('tickets')
    .values({
      id,
      number: (newest?.number ?? 0) + 1,
      subject: ticket.subject ?? 'A question',
      pipeline_id: 'support',
      stage_id: ticket.isOpen === 0 ? 'support-closed' : 'support-new',
      is_open: ticket.isOpen ?? 1,
      priority: ticket.priority ?? 'medium',
      source: 'desk',
      contact_id: ticket.contactId ?? null,
      company_id: ticket.companyId ?? null,
      created_at: at,
      updated_at: at,
      last_activity_at: at,
      last_public_at: at,
    })
    .execute();
  return id;
}

/** A call with a contact that took place. */
export async function givenCall(
  ctx: Context,
  call: {
    readonly contactId: string;
    readonly e164: string;
    readonly at: string;
    readonly agentId?: string;
    readonly outcome?: string;
    readonly state?: string;
  },
): Promise<void> {
  await ctx.db
    .insertInto('calls')
    .values({
      id: newId(),
      source: 'device:test',
      direction: 'inbound',
      number: call.e164,
      e164: call.e164,
      state: call.state ?? 'ended',
      contact_id: call.contactId,
      agent_id: call.agentId ?? null,
      outcome: call.outcome ?? null,
      started_at: call.at,
      created_at: call.at,
    })
    .execute();
}

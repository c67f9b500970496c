import type { CallerMatch } from '../caller-id/caller-id.contract.ts';
import { describeCaller } from '../caller-id/caller-id.service.ts';
import { listeningDevicesOf } from '../devices/agent-devices.service.ts';
import { actingAs, systemActor, type Context } from '../kernel/context.ts';
import { publish } from '../live/live.service.ts';
import { displayName } from '../people/person-name.ts';
import { CallNews, type DeskCallNews } from './calls.contract.ts';
import { findCall, type ShownCallRow } from './calls.queries.ts';
import { getCall } from './calls.service.ts';
import type { HeardNumber } from './heard-number.service.ts';

/** How a match is kept of a caller whom somebody named. */
export const namedByHand = 'hand';

async function namedCaller(ctx: Context, row: ShownCallRow): Promise<CallerMatch | null> {
  if (row.contact_id === null) return null;
  const person = { firstName: row.first_name ?? '', lastName: row.last_name ?? '' };
  const name = displayName({ ...person, email: row.email });
  return describeCaller(ctx, {
    display: row.company_name === null ? name : `${name} · ${row.company_name}`,
    contact: { id: row.contact_id, ...person },
    company: row.company_id === null ? null : { id: row.company_id, name: row.company_name ?? '' },
  });
}

/** What the desk's screens are told of a call, as it stands now. */
export async function newsOf(ctx: Context, id: string, heard: HeardNumber): Promise<DeskCallNews> {
  const call = await getCall(actingAs(ctx, systemActor), id);
  const row = await findCall(ctx.db, id);
  const isNamedByHand = row?.match_kind === namedByHand;
  return {
    callId: id,
    state: call.state,
    direction: call.direction,
    number: heard.e164,
    displayNumber: heard.displayNumber,
    isWithheld: heard.isWithheld,
    caller: row !== undefined && isNamedByHand ? await namedCaller(ctx, row) : heard.caller,
    agent: call.agent,
    startedAt: call.startedAt,
    answeredAt: row?.answered_at ?? null,
    isNamedByHand,
    ticketId: row?.ticket_id ?? null,
  };
}

/** Tells the desk, and the other phones of the agent where somebody calls in. */
export async function announceCall(ctx: Context, id: string, heard: HeardNumber): Promise<void> {
  const news = await newsOf(ctx, id, heard);
  await publish(ctx, { audience: 'agents', kind: 'call', payload: news });
  if (news.direction === 'outbound' || news.agent === null) return;
  const shared = CallNews.parse(news);
  for (const device of await listeningDevicesOf(ctx, news.agent.id)) {
    if (device.id === ctx.actor.id || !device.showsCallers) continue;
    const known = heard.publicCaller;
    const caller = known === null || device.showsDeal ? known : { ...known, deal: null };
    await publish(ctx, { audience: `device:${device.id}`, kind: 'call', payload: { ...shared, caller } });
  }
}

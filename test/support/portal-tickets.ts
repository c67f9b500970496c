import { actingAs, type Context } from '#server/kernel/context.ts';
import { listPipelines } from '#server/tickets/pipelines.service.ts';
import { listTickets } from '#server/tickets/ticket-list.service.ts';
import { TicketQuery } from '#server/tickets/tickets.contract.ts';
import { changeTicket } from '#server/tickets/tickets.service.ts';
import { givenMember } from './member-builders.ts';
import { givenOpenPortal, portalVisitor, type PortalVisitor, type SentFile } from './portal-visitor.ts';
import { testClock } from './test-context.ts';
import { testServer, type TestServer } from './test-server.ts';

/** A picture of one pixel. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** An open portal and a member who is signed in. */
export async function signedIn(settings: Parameters<typeof givenOpenPortal>[1] = {}) {
  const clock = testClock();
  const server = await testServer({ clock });
  await givenOpenPortal(server, settings);
  const member = await givenMember(server.ctx);
  const visitor = portalVisitor(server);
  await visitor.signIn(member.email);
  return { clock, server, member, visitor };
}

/** Files a ticket by the form; its number. */
export async function file(
  visitor: PortalVisitor,
  fields: { readonly subject: string; readonly text?: string },
  files: readonly SentFile[] = [],
): Promise<number> {
  await visitor.get('/tickets/new');
  const answer = await visitor.send('/tickets/new', { fields: { text: 'It does not work.', ...fields }, files });
  return Number(/tickets\/(\d+)\?done=filed$/u.exec(String(answer.headers.location))?.[1]);
}

/** Acting as the team. */
export function asAgent(server: TestServer): Context {
  return actingAs(server.ctx, { kind: 'agent', id: 'owner', name: 'Tom Keller' });
}

export async function idOf(server: TestServer, number: number): Promise<string> {
  const page = await listTickets(asAgent(server), TicketQuery.parse({ state: 'all', limit: 200 }));
  return page.items.find((ticket) => ticket.number === number)?.id ?? '';
}

/** Closes a ticket as the team would. */
export async function close(server: TestServer, number: number): Promise<void> {
  const pipelines = await listPipelines(server.ctx);
  const stage = pipelines.items[0]?.stages.find((one) => !one.isOpen);
  await changeTicket(asAgent(server), await idOf(server, number), { stageId: stage?.id ?? '' });
}

/** The subjects a list shows, in its order. */
export function subjects(html: string): string[] {
  return [...html.matchAll(/<bdi>([^<]*)<\/bdi>/gu)].map((match) => match[1] ?? '');
}

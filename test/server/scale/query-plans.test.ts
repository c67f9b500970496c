import { globSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { programFolder } from '#server/config/program-folder.ts';
import { databaseFile } from '#server/database/connect.ts';
import type { HotRead } from '#server/database/hot-reads.ts';
import { listenToQuestions, type Question } from '#test/support/asked-questions.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
import { millionDesk, type MillionDesk } from '#test/support/million-desk.ts';
import { portalVisitor } from '#test/support/portal-visitor.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

/** Tables that stay small whatever the desk does: as many rows as there are agents, phones, stages, settings. */
const small = new Set([
  'agents',
  'backups',
  'certificates',
  'counters',
  'device_lists',
  'devices',
  'directories',
  'import_batches',
  'inboxes',
  'lists',
  'pairings',
  'pbx_extensions',
  'pbx_sources',
  'people_refresh',
  'pipelines',
  'properties',
  'settings',
  'stages',
  'ticket_tallies',
]);

/** Sorts that are bounded by something else than an index. Each entry says what bounds it; a new one needs as good a reason. */
const bounded: readonly { readonly sql: RegExp; readonly by: string }[] = [
  { sql: /from "deal_contacts" where "deal_id" in/u, by: 'the contacts of one page of deals' },
  { sql: /from "deal_contacts" inner join "deals".* where "deal_contacts"."contact_id" = \?/u, by: 'the deals of one contact' },
  { sql: /from "list_members" inner join "lists".* where "list_members"."contact_id" = \?/u, by: 'the lists of one contact' },
  { sql: /from "attachments" where "message_id" in \(select .* limit \?\)/u, by: 'the files of one page of messages' },
  { sql: /from "sessions" where "member_id" = \?/u, by: 'the sessions of one member' },
  { sql: /"tickets"."search_id" in \(select "rowid" from "ticket_search" .* limit \?\)/u, by: 'the matches one search looks at' },
  { sql: /and "tickets"."contact_id" = \? and "tickets"."is_open" = \? and/u, by: 'the tickets of one contact' },
  { sql: /inner join "messages" on "messages"."thread_id" = "threads"."id" .* and "tickets"."number" = \?/u, by: 'the messages of one ticket' },
  { sql: /from "directory_entries" where "directory_id" = \? and "seq" > \? and \+digits/u, by: 'the few changes it is asked for only' },
  { sql: /from "call_day_\w+" .*"day" >= \? and "day" <= \?/u, by: 'the counts of the days of a report, a year at most' },
  {
    sql: /from \(select .* from "contacts" order by "activity_rank" desc limit (?:\?|\d+)\) as "(?:first|contacts)" where/u,
    by: 'the first so many of all contacts',
  },
  {
    sql: /\(select distinct "contact_id" from "list_members" where "list_id" in \(\?(?:, \?)+\) limit \?\)/u,
    by: 'the first so many members of the lists a phone gets, 50 lists at most',
  },
  { sql: /from "engagements" where "kind" in \(\?, \?\) and "at" >= \? group by/u, by: 'what happened in the weeks a chart shows' },
];

/** What the names in a statement stand for. */
function tablesIn(sql: string): Map<string, string> {
  const named = [...sql.matchAll(/(?:from|join) "(\w+)"(?: as "(\w+)")?/gu)];
  return new Map(named.map(([, table = '', alias]) => [alias ?? table, table]));
}

function touchesSmallOnly(sql: string): boolean {
  return [...tablesIn(sql).values()].every((table) => small.has(table));
}

/** Rows in the order of an index, as they come, up to a limit: no condition throws any away, nothing is sorted. */
function takesTheFirst(sql: string): boolean {
  return /^select (?:(?!\bwhere\b|\bgroup by\b).)+ limit \?(?:\) as "\w+")?$/u.test(sql);
}

/** The steps of a plan that grow with the database. */
function growing({ sql: asked, plan }: Question): string[] {
  // The sign before parameters says nothing here, see database/steady-parameters.ts.
  const sql = asked.replaceAll('+?', '?');
  if (touchesSmallOnly(sql) || bounded.some((entry) => entry.sql.test(sql))) return [];
  const sorts = plan.filter((step) => step.includes('TEMP B-TREE'));
  const scans = plan.filter((step) => {
    const table = tablesIn(sql).get(/^SCAN (\w+)/u.exec(step)?.[1] ?? '');
    const isMatch = / VIRTUAL TABLE INDEX \d+:.*M/u.test(step);
    return table !== undefined && !small.has(table) && !isMatch;
  });
  return sorts.length === 0 && takesTheFirst(sql) ? [] : [...sorts, ...scans];
}

function offences(questions: readonly Question[]): string[] {
  return questions.flatMap((question) => growing(question).map((step) => `${step}  ⇐  ${question.sql}`));
}

/** Every page of the console that can be read, with the addresses that matter at scale. */
async function readConsole(server: TestServer): Promise<void> {
  const first = async (url: string) => (await server.asConsole('GET', url)).json<{ items: { id: string; number?: number }[] }>().items[0]?.id ?? 'none';
  const ids: Readonly<Record<string, string>> = {
    contacts: await first('/contacts?limit=1'),
    companies: await first('/companies?limit=1'),
    tickets: await first('/tickets?limit=1&state=all'),
    deals: await first('/deals?limit=1'),
    lists: await first('/lists'),
    inboxes: await first('/inboxes'),
    agents: await first('/agents'),
  };
  const searches = ['a', 'anna kow', '601 2', 'gmail', 'x@y.z'];
  const filters = [`listId=${ids['lists']}`, `companyId=${ids['companies']}`];
  const states = ['open', 'closed', 'all'];
  const ticketFilters = [
    'assigneeId=none',
    `assigneeId=${ids['agents']}`,
    `inboxId=${ids['inboxes']}`,
    'stageId=support-closed',
    `contactId=${ids['contacts']}`,
    `companyId=${ids['companies']}`,
  ];
  const urls = [
    ...searches.flatMap((search) => [
      `/contacts?search=${search}`,
      `/companies?search=${search}`,
      ...filters.map((filter) => `/contacts?search=${search}&${filter}`),
    ]),
    ...filters.map((filter) => `/contacts?${filter}`),
    ...states.flatMap((state) => [
      `/tickets?state=${state}`,
      ...ticketFilters.map((filter) => `/tickets?state=${state}&${filter}`),
      `/tickets?state=${state}&search=heating`,
    ]),
    `/deals?contactId=${ids['contacts']}`,
    `/deals?companyId=${ids['companies']}`,
  ];
  const scopes = ['everyone=true', `everyone=false&listIds=${ids['lists']}`, `everyone=false&listIds=${ids['lists']},none`];
  for (const scope of scopes) {
    for (const most of ['', '&most=100', '&most=25000']) await server.asConsole('GET', `/devices/scope-preview?${scope}${most}`);
  }
  for (const url of urls) {
    const answer = await server.asConsole('GET', url);
    expect({ url, status: answer.statusCode }).toEqual({ url, status: 200 });
    const cursor = answer.json<{ nextCursor: string | null }>().nextCursor;
    if (cursor !== null) await server.asConsole('GET', `${url}&cursor=${cursor}`);
  }
  // And every other page there is, so that one that is added later is looked at too.
  for (const route of server.admin.routeScopes.filter(({ method, scope }) => method === 'GET' && scope === 'admin')) {
    const url = route.url.replace('/admin/v1', '').replace(/^\/(\w+)\/:\w+/u, (_, kind: string) => `/${kind}/${ids[kind] ?? 'none'}`);
    if (!url.endsWith('/events')) await server.asConsole('GET', url.replace(/:\w+/gu, 'none'));
  }
}

async function usePhone(server: TestServer): Promise<void> {
  const phone = await pairsPhone(server);
  const urls = ['/me', '/directory', '/lookup?number=%2B48601234567', '/lookup?number=601234567', '/lookup?number=112', '/calls', '/calls?missed=true'];
  for (const url of urls) expect((await phone.get(url)).statusCode).toBeLessThan(300);
  const call = { state: 'ringing', direction: 'inbound', number: '+48601234567', at: new Date().toISOString() };
  await phone.send('POST', '/calls', { payload: call, headers: { 'idempotency-key': 'scale' } });
  await server.asConsole('POST', `/devices/${phone.id}/revoke`);
}

async function visitPortal(server: TestServer, email: string, password: string): Promise<void> {
  const visitor = portalVisitor(server);
  expect((await visitor.signIn(email, password)).statusCode).toBe(303);
  const lists = ['', '?state=closed', '?state=all', '?search=the', '?sort=subject', '?sort=created', '?sort=number', '?view=company'];
  let ticket = '';
  for (const query of lists) {
    const page = await visitor.get(`/tickets${query}`);
    expect(page.statusCode).toBe(200);
    ticket = /\/support(\/tickets\/\d+)"/u.exec(page.body)?.[1] ?? ticket;
  }
  expect((await visitor.get(ticket)).statusCode).toBe(200);
  expect((await visitor.get('/account')).statusCode).toBe(200);
}

let million: MillionDesk;
beforeAll(async () => {
  million = await millionDesk();
});

test('nothing that the console, a phone or a customer reads grows with the database', async () => {
  const questions = listenToQuestions();
  const server = await testServer({ folder: million.folder });

  await readConsole(server);
  await usePhone(server);
  await visitPortal(server, million.members[0] ?? '', million.password);

  const explained = questions.explained(databaseFile(million.folder));
  expect(explained.length).toBeGreaterThan(100);
  expect(offences(explained)).toEqual([]);
});

type AnyRead = HotRead<object, unknown>;

/** The hot reads a module exports, also those it keeps in objects. */
function readsIn(value: unknown, depth = 0): AnyRead[] {
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  if ('build' in value && typeof value.build === 'function') return [value as AnyRead];
  return Object.values(value).flatMap((inner) => readsIn(inner, depth + 1));
}

test('no hot read of any feature grows with the database', async () => {
  const ctx = await testContext();
  const root = path.join(programFolder(import.meta.dirname), 'src-server');
  const modules: unknown[] = [];
  for (const file of globSync('**/*.queries.ts', { cwd: root })) modules.push(await import(path.join(root, file)));
  const reads = modules.flatMap((module) => readsIn(module));

  const questions = reads.map((read) => ({ sql: read.build(ctx.db, () => null as never).compile().sql, plan: ctx.hot.plan(read) }));

  expect(questions.length).toBeGreaterThan(50);
  expect(offences(questions)).toEqual([]);
});

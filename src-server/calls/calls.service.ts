import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { fullName } from '../caller-id/caller-label.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { shownText } from '../kernel/shown-text.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import { displayName } from '../people/person-name.ts';
import { formatForScreen } from '../phone-numbers/phone-number.ts';
import { tasksOfCalls } from '../tasks/tasks.service.ts';
import { asksForOutcome, type LoggingSwitches } from './call.ts';
import { searchedCallers } from './call-search.service.ts';
import type { Call, CallCount, CallFilter, CallTask, DeskCallQuery } from './calls.contract.ts';
import { callRows, countCalls, findCall, findSwitches, haveManyCalls, type CallChoice, type ShownCallRow } from './calls.queries.ts';

interface Reader {
  readonly isPhone: boolean;
  readonly homeCountry: string;
  readonly switches: LoggingSwitches;
}

async function readerOf(ctx: Context): Promise<Reader> {
  const { country } = await readSettings(ctx, companySettings);
  const isPhone = ctx.actor.kind === 'device';
  const row = isPhone ? await findSwitches(ctx.db, ctx.actor.id) : undefined;
  // The outcome screen is a phone's; the console never asks by itself.
  return { isPhone, homeCountry: country, switches: { logsCalls: row?.log_calls === 1, hasOutcomeScreen: row?.outcome_screen === 1 } };
}

/** Phones get names, never addresses: empty for somebody who is known by an address only. */
function nameOf(row: ShownCallRow, { isPhone }: Reader): string {
  const person = { firstName: row.first_name ?? '', lastName: row.last_name ?? '' };
  return isPhone ? fullName(person) : displayName({ ...person, email: row.email });
}

/** What stands for whoever it was. */
function firstNamed(...names: readonly (string | null | undefined)[]): string {
  return names.find((name) => name !== null && name !== undefined && name !== '') ?? '';
}

function toCall(row: ShownCallRow, tasks: readonly CallTask[], reader: Reader): Call {
  // Phones are not told of people who must not be published.
  const mayName = row.contact_id !== null && (!reader.isPhone || row.publish_to_phones === 1);
  const contact = mayName && row.contact_id !== null ? { id: row.contact_id, name: nameOf(row, reader) } : null;
  const isHidden = row.contact_id !== null && !mayName;
  const company = row.company_id === null || isHidden ? null : { id: row.company_id, name: shownText(row.company_name ?? '') };
  const label = isHidden || row.label === null ? null : shownText(row.label);
  const displayNumber = row.e164 === null ? (row.number ?? '') : formatForScreen(row.e164, reader.homeCountry);
  const withheld = row.is_withheld === 1 ? 'Withheld' : displayNumber;
  // These columns are written by this feature only, from the contract's values.
  const state = row.state as Call['state'];
  const direction = row.direction as Call['direction'];
  const outcome = row.outcome as Call['outcome'];
  const via = row.via as Call['via'];
  return {
    id: row.id,
    direction,
    state,
    number: row.e164,
    displayNumber,
    isWithheld: row.is_withheld === 1,
    display: firstNamed(contact?.name, company?.name, label, withheld),
    label,
    sharedBy: row.shared_by,
    matchKind: isHidden ? null : row.match_kind,
    contact,
    company,
    agent: row.agent_id === null ? null : { id: row.agent_id, name: row.agent_name ?? '' },
    startedAt: row.started_at,
    durationSeconds: row.duration_seconds,
    outcome,
    note: row.note,
    via,
    tasks: [...tasks],
    ticket: row.ticket_id === null ? null : { id: row.ticket_id, number: row.ticket_number ?? 0, subject: shownText(row.ticket_subject ?? '') },
    asksForOutcome: asksForOutcome({ state, direction, outcome, via, isKnownContact: row.contact_id !== null || row.shared_by > 0 }, reader.switches),
  };
}

/** The agent whose calls this actor may see; undefined: everybody's. */
export function agentOfPhone(ctx: Context): string | undefined {
  return ctx.actor.kind === 'device' ? ctx.actor.agentId : undefined;
}

/** The row of a call. A phone sees its agent's calls only. */
export async function requireCall(ctx: Context, id: string): Promise<ShownCallRow> {
  const row = await findCall(ctx.db, id);
  const agentId = agentOfPhone(ctx);
  if (row === undefined || (agentId !== undefined && row.agent_id !== agentId)) throw new NotFound('This call');
  return row;
}

export async function getCall(ctx: Context, id: string): Promise<Call> {
  const row = await requireCall(ctx, id);
  const tasks = await tasksOfCalls(ctx, [id]);
  return toCall(row, tasks.get(id) ?? [], await readerOf(ctx));
}

/** Callers with more calls than this are found by reading the log in its order. */
const manyCalls = 3000;

/** What is asked of the log, in the terms of its queries. A phone is given its agent's calls only. */
export async function choiceOf(ctx: Context, filter: CallFilter): Promise<CallChoice> {
  const { missed, search, agentId, ...rest } = filter;
  const callers = search === undefined || search === '' ? undefined : await searchedCallers(ctx, search);
  const areFrequent = callers !== undefined && (await haveManyCalls(ctx.db, callers, manyCalls));
  return { ...rest, agentId: agentOfPhone(ctx) ?? agentId, isMissed: missed === true, callers, areFrequent };
}

/** A page of the call log, newest first: everybody's for the console, the agent's own for a phone. */
export async function listCalls(ctx: Context, { cursor, limit, ...filter }: DeskCallQuery): Promise<Page<Call>> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor, 2)?.map(String);
  if (cursor !== undefined && before === undefined) throw new InvalidInput([{ path: 'cursor', message: 'This page is not there. Start from the first one.' }]);
  const rows = await callRows(ctx.db, {
    ...(await choiceOf(ctx, filter)),
    before: before === undefined ? undefined : [before[0] ?? '', before[1] ?? ''],
    limit: limit + 1,
  }).execute();
  const page = toPage(rows, limit, { item: (row) => row, key: (row) => [row.started_at, row.id] });
  const tasks = await tasksOfCalls(
    ctx,
    page.items.map((row) => row.id),
  );
  const reader = await readerOf(ctx);
  return { items: page.items.map((row) => toCall(row, tasks.get(row.id) ?? [], reader)), nextCursor: page.nextCursor };
}

const mostCounted = 1000;

/** How many calls fit, as far as counting is cheap. */
export async function countLog(ctx: Context, filter: CallFilter): Promise<CallCount> {
  const count = await countCalls(ctx.db, await choiceOf(ctx, filter), mostCounted + 1);
  return { count: Math.min(count, mostCounted), isMore: count > mostCounted };
}

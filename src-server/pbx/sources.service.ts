import { recordAct } from '../audit/audit.service.ts';
import { rememberRevocation } from '../backups/revocation-ledger.ts';
import { DeviceScope } from '../devices/devices.contract.ts';
import { directoryOf } from '../devices/directory-build.service.ts';
import { checkScope } from '../devices/scope.service.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { hashSecret, newSecret } from '../kernel/secrets.ts';
import { publish } from '../live/live.service.ts';
import { isAddressOrNetwork } from './allowed-addresses.ts';
import type { Extension, PbxRequest, PbxSource, PbxSourceInput, PbxSourcePatch } from './pbx.contract.ts';
import { SourceIsRevoked } from './pbx.errors.ts';
import {
  findSource,
  insertSource,
  listExistingAgents,
  listExtensions,
  listRequests,
  listSourceRows,
  replaceExtensions,
  updateActiveSource,
  type ShownSourceRow,
} from './pbx.queries.ts';
import { replacedKey } from './restored-sources.service.ts';

/** A source with its key, which exists in this answer only. */
export interface SourceAndKey {
  readonly source: PbxSource;
  readonly key: string;
}

const requestsShown = 50;

async function toSources(ctx: Context, rows: readonly ShownSourceRow[]): Promise<PbxSource[]> {
  const ids = rows.map((row) => row.id);
  const extensions = ids.length === 0 ? [] : await listExtensions(ctx.db, ids);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    // Both columns are written from the contract's values only.
    kind: row.kind as PbxSource['kind'],
    state: row.state as PbxSource['state'],
    scope: DeviceScope.parse(JSON.parse(row.scope)),
    addresses: JSON.parse(row.addresses) as string[], // Written below.
    mostEntries: row.most_entries,
    extensions: extensions.filter((entry) => entry.source_id === row.id).map(({ extension, agent_id }) => ({ extension, agentId: agent_id })),
    numbersInScope: row.directory_state === 'ready' ? (row.entry_count ?? 0) : Math.max(row.entry_count ?? 0, row.expected_count ?? 0),
    firstUsedAt: row.first_used_at,
    lastUsedAt: row.last_used_at,
    lastIp: row.last_ip,
    revokedAt: row.revoked_at,
    createdAt: row.created_at,
  }));
}

async function getRow(ctx: Context, id: string): Promise<ShownSourceRow> {
  const row = await findSource(ctx.db, id);
  if (row === undefined) throw new NotFound('This system');
  return row;
}

export async function getSource(ctx: Context, id: string): Promise<PbxSource> {
  const [source] = await toSources(ctx, [await getRow(ctx, id)]);
  return source as PbxSource; // One row in, one out.
}

/** What a system may list, and how much of it. */
export async function bookOfSource(ctx: Context, id: string): Promise<{ kind: string; directoryId: number | null; mostEntries: number | null }> {
  const { kind, directory_id: directoryId, most_entries: mostEntries } = await getRow(ctx, id);
  return { kind, directoryId, mostEntries };
}

/** All connected systems, the active ones first. */
export async function listSources(ctx: Context): Promise<{ items: PbxSource[] }> {
  return { items: await toSources(ctx, await listSourceRows(ctx.db)) };
}

/** What a system asked last, the newest first. */
export async function listSourceRequests(ctx: Context, id: string): Promise<{ items: PbxRequest[] }> {
  await getRow(ctx, id);
  const rows = await listRequests(ctx.db, id, requestsShown);
  return { items: rows.map(({ at, what, status, note, ip, milliseconds }) => ({ at, what, status, note, ip, milliseconds })) };
}

/** @throws InvalidInput naming each address that is none. */
function checkAddresses(addresses: readonly string[]): string {
  const problems = addresses.flatMap((address, index) =>
    isAddressOrNetwork(address)
      ? []
      : [{ path: `addresses[${index}]`, message: `“${address}” is not an address: write one such as 192.168.1.20, or a network such as 192.168.1.0/24.` }],
  );
  if (problems.length > 0) throw new InvalidInput(problems);
  return JSON.stringify([...new Set(addresses)]);
}

async function keepExtensions(ctx: Context, id: string, extensions: readonly Extension[]): Promise<void> {
  const agents = [...new Set(extensions.map((entry) => entry.agentId))];
  const existing = new Set(agents.length === 0 ? [] : (await listExistingAgents(ctx.db, agents)).map((agent) => agent.id));
  const problems = extensions.flatMap(({ extension, agentId }, index) => {
    if (!existing.has(agentId)) return [{ path: `extensions[${index}].agentId`, message: 'This colleague is not there any more. Choose another.' }];
    const isRepeated = extensions.findIndex((other) => other.extension === extension) !== index;
    return isRepeated ? [{ path: `extensions[${index}].extension`, message: `Extension ${extension} is listed twice.` }] : [];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  await replaceExtensions(
    ctx.db,
    id,
    extensions.map(({ extension, agentId }) => ({ source_id: id, extension, agent_id: agentId })),
  );
}

/** Tells the agents' screens that something about a system changed. */
function announce(ctx: Context, id: string): Promise<void> {
  return publish(ctx, { audience: 'agents', kind: 'pbx', payload: { id } });
}

function targetOf({ id, name }: { readonly id: string; readonly name: string }) {
  return { kind: 'pbx', id, name } as const;
}

/** Connects a telephone or a telephone system. */
export function addSource(ctx: Context, input: PbxSourceInput): Promise<SourceAndKey> {
  return inTransaction(ctx, async (ctx) => {
    const scope = await checkScope(ctx, input.scope);
    const addresses = checkAddresses(input.addresses);
    const directory = await directoryOf(ctx, scope);
    const id = newId();
    const key = newSecret(160);
    await insertSource(ctx.db, {
      id,
      name: input.name,
      kind: input.kind,
      token_hash: hashSecret(key),
      state: 'active',
      scope: JSON.stringify(scope),
      directory_id: directory.id,
      most_entries: input.mostEntries,
      addresses,
      created_at: isoNow(ctx),
    });
    await keepExtensions(ctx, id, input.extensions);
    await recordAct(ctx, {
      action: 'pbx.connected',
      target: targetOf({ id, name: input.name }),
      detail: { kind: input.kind, scope, addresses: input.addresses },
    });
    await announce(ctx, id);
    return { source: await getSource(ctx, id), key };
  });
}

/** Renames a system, or changes what it may list, from where, and whose its extensions are. */
export function changeSource(ctx: Context, id: string, patch: PbxSourcePatch): Promise<PbxSource> {
  return inTransaction(ctx, async (ctx) => {
    const before = await getRow(ctx, id);
    if (before.state !== 'active') throw new SourceIsRevoked();
    const scope = patch.scope === undefined ? undefined : await checkScope(ctx, patch.scope);
    const directory = scope === undefined ? undefined : await directoryOf(ctx, scope);
    await updateActiveSource(ctx.db, id, {
      name: patch.name ?? before.name,
      most_entries: patch.mostEntries === undefined ? before.most_entries : patch.mostEntries,
      addresses: patch.addresses === undefined ? before.addresses : checkAddresses(patch.addresses),
      ...(directory === undefined ? {} : { directory_id: directory.id, scope: JSON.stringify(scope) }),
    });
    if (patch.extensions !== undefined) await keepExtensions(ctx, id, patch.extensions);
    await recordAct(ctx, { action: 'pbx.changed', target: targetOf({ id, name: patch.name ?? before.name }), detail: patch });
    await announce(ctx, id);
    return getSource(ctx, id);
  });
}

/** Gives a system another key; the old one is dead with this answer. */
export function renewKey(ctx: Context, id: string): Promise<SourceAndKey> {
  return inTransaction(ctx, async (ctx) => {
    const before = await getRow(ctx, id);
    const key = newSecret(160);
    if (!(await updateActiveSource(ctx.db, id, { token_hash: hashSecret(key) }))) throw new SourceIsRevoked();
    await rememberRevocation(ctx, replacedKey(before.token_hash));
    await recordAct(ctx, { action: 'pbx.key-renewed', target: targetOf(before) });
    await announce(ctx, id);
    return { source: await getSource(ctx, id), key };
  });
}

/** Ends a system's access for good. Its name stays in the list and in the audit log. */
export function revokeSource(ctx: Context, id: string): Promise<PbxSource> {
  return inTransaction(ctx, async (ctx) => {
    const before = await getRow(ctx, id);
    const isRevoked = await updateActiveSource(ctx.db, id, { state: 'revoked', revoked_at: isoNow(ctx), directory_id: null });
    if (!isRevoked) throw new SourceIsRevoked();
    await rememberRevocation(ctx, id);
    await recordAct(ctx, { action: 'pbx.revoked', target: targetOf(before) });
    await announce(ctx, id);
    return getSource(ctx, id);
  });
}

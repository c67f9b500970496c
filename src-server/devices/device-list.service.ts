import { activeServerCertificate } from '../certificates/certificates.service.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import { bareWords, searchText } from '../people/people-search.ts';
import type { Device, DeviceListQuery, DeviceListState } from './devices.contract.ts';
import { listDeviceRows, type DevicePlace, type ShownDeviceRow } from './devices.queries.ts';
import { troubleOf } from './device-trouble.ts';
import { toDevices } from './devices.service.ts';

// A desk has about as many phones as people. They are walked along their index, a stretch at a time, and their names are
// compared here, as people's are: what is begun, without accents. An index of words for a few hundred names would be
// one more thing to keep true.

const walkedAtOnce = 200;

type Condition = (row: ShownDeviceRow) => boolean;

/** First those that still have to be wiped: nothing is more urgent. Last those that are off the desk. */
const inOrder = ['wiping', 'active', 'revoked', 'wiped'] as const;

const statesOf: Readonly<Record<DeviceListState, readonly string[]>> = {
  'in-use': ['active'],
  attention: ['wiping', 'active'],
  ended: ['revoked', 'wiped'],
};

function isNamed(words: readonly string[]): Condition {
  return ({ name, agent_name }) => {
    const known = searchText({ names: [name, agent_name], email: null, numbers: [] }).split(' ');
    return words.every((word) => known.some((one) => one.startsWith(word)));
  };
}

/** A phone that does not have its contacts as it should, or still has them although it must not. */
async function needsAttention(ctx: Context): Promise<Condition> {
  const certificate = (await activeServerCertificate(ctx))?.fingerprint;
  return (row) => (row.state === 'active' ? troubleOf(row, { now: ctx.now(), certificate }) !== null : row.state === 'wiping');
}

const beginning = ['', ''] as const;

function placeOf(cursor: string | undefined, states: readonly string[]): DevicePlace | undefined {
  if (cursor === undefined) return undefined;
  const [state = '', createdAt = '', id = ''] = decodeCursor(cursor, 3)?.map(String) ?? [];
  if (!states.includes(state)) throw new InvalidInput([{ path: 'cursor', message: 'This page is not there. Start from the first one.' }]);
  return [state, createdAt, id];
}

function keyOf(row: ShownDeviceRow): DevicePlace {
  return [row.state, row.created_at, row.id];
}

/** The team's phones, the most urgent state first, the oldest of each first. */
export async function listDevices(ctx: Context, { cursor, limit, search = '', state }: DeviceListQuery): Promise<Page<Device>> {
  const states = inOrder.filter((one) => state === undefined || statesOf[state].includes(one));
  const words = bareWords(search);
  const conditions = [...(words.length === 0 ? [] : [isNamed(words)]), ...(state === 'attention' ? [await needsAttention(ctx)] : [])];
  const length = conditions.length === 0 ? limit + 1 : walkedAtOnce;
  const found: ShownDeviceRow[] = [];
  let place: DevicePlace = placeOf(cursor, states) ?? [states[0] ?? '', ...beginning];
  while (found.length <= limit) {
    const rows = await listDeviceRows(ctx.db, place, length);
    found.push(...rows.filter((row) => conditions.every((fits) => fits(row))));
    const last = rows.at(-1);
    const following = states[states.findIndex((one) => one === place[0]) + 1];
    if (rows.length === length && last !== undefined) place = keyOf(last);
    else if (following === undefined) break;
    else place = [following, ...beginning];
  }
  const page = toPage(found, limit, { item: (row) => row, key: keyOf });
  return { items: await toDevices(ctx, page.items), nextCursor: page.nextCursor };
}

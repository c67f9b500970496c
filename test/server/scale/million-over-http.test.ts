import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { ContactPage } from '#server/people/people.contract.ts';
import type { DirectoryAnswer } from '#server/devices/devices.contract.ts';
import type { z } from 'zod';
import { lanClient, signInOverLan, type LanClient } from '#test/support/lan-client.ts';
import { millionDesk, type MillionDesk } from '#test/support/million-desk.ts';
import { startDesk, type RunningDesk } from '#test/support/running-desk.ts';

const mostMegabytes = 400;

/** The most memory the process ever had, from the kernel's own book. */
function peakMegabytes(desk: RunningDesk): number {
  const status = readFileSync(`/proc/${desk.child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/u.exec(status)?.[1] ?? Number.NaN) / 1024;
}

async function get<Answer>(desk: RunningDesk, url: string): Promise<Answer> {
  const answer = await desk.call('GET', url);
  expect({ url, status: answer.status }).toEqual({ url, status: 200 });
  return (await answer.json()) as Answer;
}

/** Runs the pieces of work, eight at a time. */
async function together<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}

const typed = [
  'a',
  'e',
  'k',
  'm',
  'an',
  'anna',
  'anna k',
  'kowalski',
  'mueller',
  'gmail',
  'gmbh',
  '6',
  '60',
  '601 2',
  '+49 30',
  'zielona tarasy',
  'nobody at all',
  'x',
];

async function searchPeople(desk: RunningDesk): Promise<void> {
  const { items: lists } = await get<{ items: { id: string }[] }>(desk, '/lists');
  const urls = typed.flatMap((search) => [
    `/contacts?search=${encodeURIComponent(search)}`,
    `/companies?search=${encodeURIComponent(search)}`,
    ...lists.map((list) => `/contacts?listId=${list.id}&search=${encodeURIComponent(search)}`),
  ]);
  await together(urls, (url) => get(desk, url));
  let cursor = '';
  for (let page = 0; page < 10; page += 1) {
    const answer = await get<z.infer<typeof ContactPage>>(desk, `/contacts?search=an&limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`);
    expect(answer.items).toHaveLength(200);
    cursor = answer.nextCursor ?? '';
  }
  const { items } = await get<z.infer<typeof ContactPage>>(desk, '/contacts?limit=50');
  await together(items, (contact) => Promise.all([get(desk, `/contacts/${contact.id}`), get(desk, `/contacts/${contact.id}/timeline`)]));
}

async function readTickets(desk: RunningDesk): Promise<void> {
  const states = ['open', 'closed', 'all'];
  const searches = ['heating', 'winda', 'rechnung', 'thursday', 'a', '1', 'anna'];
  await together(
    states.flatMap((state) => [`/tickets?state=${state}`, ...searches.map((search) => `/tickets?state=${state}&search=${search}`)]),
    (url) => get(desk, url),
  );
  const { items } = await get<{ items: { id: string }[] }>(desk, '/tickets?limit=50');
  await together(items, (ticket) => get(desk, `/tickets/${ticket.id}`));
  await get(desk, '/tickets/counts');
}

/** Pairs a phone that gets the largest list: tens of thousands of numbers out of a million and a half. */
async function pairPhone(desk: RunningDesk, lan: LanClient): Promise<{ readonly id: string; readonly token: string; readonly listId: string }> {
  const json = { 'content-type': 'application/json' };
  const { items: lists } = await get<{ items: { id: string; memberCount: number }[] }>(desk, '/lists');
  const largest = lists.toSorted((left, right) => right.memberCount - left.memberCount)[0];
  const scope = { everyone: false, listIds: [largest?.id ?? ''] };
  const started = (await (await desk.call('POST', '/pairings', { deviceName: 'Scale', scope })).json()) as { id: string; token: string };
  const claim = await lan.call('/pair/claim', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token: started.token, deviceName: 'Scale', platform: 'android' }),
  });
  const { claimId } = claim.json() as { claimId: string };
  expect((await desk.call('POST', `/pairings/${started.id}/approve`)).status).toBe(200);
  const done = await lan.call('/pair/complete', { method: 'POST', headers: json, body: JSON.stringify({ token: started.token, claimId }) });
  const { deviceId, deviceToken } = done.json() as { deviceId: string; deviceToken: string };
  return { id: deviceId, token: deviceToken, listId: largest?.id ?? '' };
}

async function directoryPage(lan: LanClient, token: string, cursor: string | undefined): Promise<DirectoryAnswer> {
  const answer = await lan.call(`/api/device/v1/directory?limit=5000${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  return answer.json() as DirectoryAnswer;
}

/** Reads pages to the end, waiting while the directory is still being built. */
async function readDirectory(
  lan: LanClient,
  token: string,
  from?: string,
): Promise<{ readonly cursor: string; readonly numbers: string[]; readonly labels: string[] }> {
  const numbers: string[] = [];
  const labels: string[] = [];
  let cursor = from;
  for (;;) {
    const page = await directoryPage(lan, token, cursor);
    cursor = page.cursor;
    for (const [digits, label] of page.add) {
      numbers.push(digits);
      labels.push(label);
    }
    if (!page.more) return { cursor, numbers, labels };
    if (page.add.length === 0) await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

let million: MillionDesk;
beforeAll(async () => {
  million = await millionDesk();
});

test('a desk with a million contacts serves its console, its portal and its phones within 400 MB', async () => {
  const desk = await startDesk(million.folder);
  const lan = lanClient(desk.lanUrl);
  await searchPeople(desk);
  await readTickets(desk);

  for (const email of million.members.slice(0, 3)) {
    const cookie = await signInOverLan(lan, { origin: desk.lanUrl, email, password: million.password });
    const urls = ['/support/tickets', '/support/tickets?state=closed', '/support/tickets?search=the', '/support/tickets?sort=subject'];
    await together(urls, async (url) => expect((await lan.call(url, { headers: { cookie } })).status).toBe(200));
    const list = await lan.call('/support/tickets', { headers: { cookie } });
    const ticket = /href="(\/support\/tickets\/\d+)"/u.exec(list.body)?.[1] ?? '';
    expect((await lan.call(ticket, { headers: { cookie } })).status).toBe(200);
  }

  const phone = await pairPhone(desk, lan);
  const full = await readDirectory(lan, phone.token);
  expect(full.numbers.length).toBeGreaterThan(60_000);
  await together(
    full.numbers.filter((_, index) => index % 200 === 0),
    async (digits) => {
      const answer = await lan.call(`/api/device/v1/lookup?number=%2B${digits}`, { headers: { authorization: `Bearer ${phone.token}` } });
      expect([200, 204]).toContain(answer.status);
    },
  );

  const { items } = await get<z.infer<typeof ContactPage>>(desk, `/contacts?search=6&listId=${phone.listId}`);
  const renamed = items.find((contact) => contact.primaryNumber !== null);
  const lastName = `Renamed${Date.now()}`;
  expect((await desk.call('PATCH', `/contacts/${renamed?.id}`, { lastName })).status).toBe(200);
  const delta = await readDirectory(lan, phone.token, full.cursor);
  expect(delta.numbers.length).toBeLessThan(50);
  expect(delta.labels.some((label) => label.includes(lastName))).toBe(true);

  expect(peakMegabytes(desk)).toBeLessThan(mostMegabytes);
  expect((await desk.call('POST', `/devices/${phone.id}/revoke`)).status).toBeLessThan(300);
  lan.close();
  await desk.end('SIGTERM');
});

import { describe, expect, test } from 'vitest';
import { troubleOf, type PhoneHealth } from '#server/devices/device-trouble.ts';
import type { DeviceTrouble, DevicePage } from '#server/devices/devices.contract.ts';
import type { DeskStatus } from '#server/insights/insights.contract.ts';
import type { z } from 'zod';
import { pairsPhone } from '#test/support/device-builders.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();

const well: PhoneHealth = {
  account_shared_at: null,
  dav_password_hash: 'a hash',
  dav_first_seen_at: hoursAgo(100),
  dav_book_seen_at: hoursAgo(100),
  dav_synced_at: hoursAgo(1),
  last_sync_at: null,
  seen_certificate: 'in use',
  lease_days: 90,
  lease_ends_at: hoursAgo(-1000),
};

describe('C20 what is wrong with a phone', () => {
  test.each<[string, DeviceTrouble | null, Partial<PhoneHealth>]>([
    ['one that read its contacts lately is well', null, {}],
    ['so is one whose page did', null, { dav_first_seen_at: null, dav_book_seen_at: null, dav_synced_at: null, last_sync_at: hoursAgo(47) }],
    ['one way that is current is enough', null, { last_sync_at: hoursAgo(100) }],
    ['one that was paired and left alone never read', 'never-read', { dav_first_seen_at: null, dav_synced_at: null }],
    ['one that read nothing for two days is silent', 'silent', { dav_synced_at: hoursAgo(49), last_sync_at: hoursAgo(50) }],
    ['one that asked for no book is not ticked, however often it is seen', 'not-ticked', { dav_book_seen_at: null, dav_synced_at: null }],
    ['one whose password was stopped is to be set up again', 'account-stopped', { dav_password_hash: 'ended' }],
    ['one whose lease is over is that first', 'lease-over', { lease_ends_at: hoursAgo(1), dav_synced_at: hoursAgo(100), dav_password_hash: 'ended' }],
    ['one whose lease ends soon is told while there is time', 'lease-ending', { lease_ends_at: hoursAgo(-100) }],
    ['one that was not back since the certificate was renewed', 'old-certificate', { seen_certificate: 'before', lease_ends_at: hoursAgo(-100) }],
    ['two readers come before all else', 'account-shared', { account_shared_at: hoursAgo(1), dav_book_seen_at: null, lease_ends_at: hoursAgo(1) }],
  ])('%s', (_fact, trouble, columns) => {
    expect(troubleOf({ ...well, ...columns }, { now, certificate: 'in use' })).toBe(trouble);
  });

  test('is the same in the list, in its filter and at home: one that is seen all the time but reads nothing is silent', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const phone = await pairsPhone(server);
    await phone.get('/directory?limit=1000');
    clock.advance(49 * 3_600_000);
    await phone.get('/me');

    const list = async (query: string) => (await server.asConsole('GET', `/devices${query}`)).json<z.infer<typeof DevicePage>>().items;
    const { parts, counts } = (await server.asConsole('GET', '/status')).json<DeskStatus>();

    expect((await list('')).map(({ trouble }) => trouble)).toEqual(['silent']);
    expect(await list('?state=attention')).toHaveLength(1);
    expect(parts.find(({ part }) => part === 'phones')).toMatchObject({ health: 'attention', title: '1 phone silent for two days' });
    expect(counts).toMatchObject({ phones: 1, phonesInSync: 0 });
  });
});

import { describe, expect, test } from 'vitest';
import { healthOf, type Facts } from '#server/insights/health.ts';
import * as queries from '#server/insights/insights.queries.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const fine: Facts = {
  now: new Date('2026-03-02T09:00:00Z'),
  portal: { isOn: true, url: 'https://desk.example.lan:8443/support/' },
  certificate: { notAfter: '2026-12-01T00:00:00Z', origin: 'local' },
  phones: { active: 7, silent: 0, waiting: 0, inSync: 7, ending: 0, endingIphones: 0, shared: 0 },
  mail: { isSet: true, waiting: 0, failed: 0 },
  disk: { freeBytes: 200_000_000_000, totalBytes: 500_000_000_000 },
  backup: { at: '2026-03-02T02:00:00Z', isVerified: true, error: null },
  unreadableNumbers: 0,
};

function part(facts: Partial<Facts>, name: string) {
  return healthOf({ ...fine, ...facts }).find((candidate) => candidate.part === name);
}

describe('the state of the desk', () => {
  test('a healthy desk asks for nothing', () => {
    expect(healthOf(fine).every((candidate) => candidate.health === 'good' && candidate.action === null)).toBe(true);
  });

  test('an uploaded certificate that ends in nine days asks for the next one', () => {
    expect(part({ certificate: { notAfter: '2026-03-11T09:00:00Z', origin: 'uploaded' } }, 'certificate')).toMatchObject({
      health: 'attention',
      title: 'Certificate: 9 days left',
      action: 'settings/address',
    });
  });

  test('an expired certificate is bad, whoever made it', () => {
    for (const origin of ['local', 'uploaded']) {
      expect(part({ certificate: { notAfter: '2026-03-01T00:00:00Z', origin } }, 'certificate')).toMatchObject({
        health: 'bad',
        title: 'Certificate has expired',
      });
    }
  });

  test('a phone that was seen but has not read its contacts is no phone in sync', () => {
    expect(part({ phones: { active: 7, silent: 0, waiting: 1, inSync: 6, ending: 0, endingIphones: 0, shared: 0 } }, 'phones')).toMatchObject({
      health: 'attention',
      title: '1 phone has not read the contacts',
    });
  });

  test('a phone that read nothing for two days is named before the ones in sync', () => {
    expect(part({ phones: { active: 7, silent: 1, waiting: 0, inSync: 6, ending: 0, endingIphones: 0, shared: 0 } }, 'phones')).toMatchObject({
      health: 'attention',
      title: '1 phone silent for two days',
    });
  });

  test('mail that was given up is bad, mail that waits is not', () => {
    expect(part({ mail: { isSet: true, waiting: 3, failed: 0 } }, 'mail')).toMatchObject({ health: 'good', message: '3 mails are on the way.' });
    expect(part({ mail: { isSet: true, waiting: 0, failed: 2 } }, 'mail')).toMatchObject({ health: 'bad', title: '2 mails could not be sent' });
  });

  test('less than a gigabyte of room is bad', () => {
    expect(part({ disk: { freeBytes: 900_000_000, totalBytes: 10_000_000_000 } }, 'disk')).toMatchObject({ health: 'bad', title: '0.9 GB free' });
  });

  test('a backup that failed or is old asks to be looked at', () => {
    expect(part({ backup: { at: '2026-03-02T02:00:00Z', isVerified: false, error: 'The disk was full.' } }, 'backup')).toMatchObject({
      health: 'bad',
      message: 'The disk was full.',
    });
    expect(part({ backup: { at: '2026-02-20T02:00:00Z', isVerified: true, error: null } }, 'backup')).toMatchObject({ health: 'attention' });
  });
});

test('home tells the truth about a fresh desk', async () => {
  const server = await testServer();

  const status = (await server.asConsole('GET', '/status')).json();

  expect(status).toMatchObject({ isSetUp: false, portalUrl: null, counts: { contacts: 0, openTickets: 0, phones: 0 } });
  expect(status.ticketsByDay).toHaveLength(14);
  expect(status.parts.find((candidate: { part: string }) => candidate.part === 'portal')).toMatchObject({ health: 'off' });
});

test('no figure on home walks a table that grows', async () => {
  const ctx = await testContext();
  // Counting what there is of contacts and companies walks at most `countLimit` entries of a narrow index; devices and backups are few.
  const bounded = new Set(['contactCount', 'companyCount', 'activeDevices', 'newestBackup']);
  const reads = Object.entries(queries).filter(([name, read]) => typeof read === 'object' && !bounded.has(name));
  expect(reads.length).toBeGreaterThan(8);

  for (const [name, read] of reads) {
    const plan = ctx.hot.plan(read as typeof queries.failedMailCount).filter((step) => !/^SCAN (some|open|waiting|active|unreadable|failed)$/u.test(step));
    expect(
      plan.filter((step) => step.startsWith('SCAN') && !step.includes('USING')),
      `${name}: ${plan.join(' / ')}`,
    ).toEqual([]);
  }
});

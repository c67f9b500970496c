import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { PbxSourceInput, PbxSourceWithKey, SelfTest } from '#server/pbx/pbx.contract.ts';
import { startDesk, type RunningDesk } from '#test/support/running-desk.ts';
import { temporaryFolder } from '#test/support/test-context.ts';

async function connects(desk: RunningDesk, input: Pick<PbxSourceInput, 'kind'> & { addresses?: string[] }): Promise<PbxSourceWithKey> {
  const answer = await desk.call('POST', '/pbx/sources', { name: 'Tested', ...input });
  return (await answer.json()) as PbxSourceWithKey;
}

async function tests(desk: RunningDesk, { source, key }: PbxSourceWithKey): Promise<SelfTest> {
  const answer = await desk.call('POST', `/pbx/sources/${source.id}/self-test`, { key });
  expect(answer.status).toBe(200);
  return (await answer.json()) as SelfTest;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

describe('C25: the self-test of a connected system', { timeout: 60_000 }, () => {
  test('asks over TLS as the system would, shows each step, and does not pass for the system’s own request', async () => {
    const desk = await startDesk(temporaryFolder());
    await desk.call('POST', '/contacts', { firstName: 'Jan', lastName: 'Kowalski', phone: '+48 600 100 200' });
    const asterisk = await connects(desk, { kind: 'asterisk' });
    const yealink = await connects(desk, { kind: 'yealink' });

    const named = await tests(desk, asterisk);
    expect(named.isPassed).toBe(true);
    expect(named.steps.map((step) => step.detail).join('\n')).toContain('+48600100200 is Jan Kowalski');
    const book = await tests(desk, yealink);
    expect([book.isPassed, book.steps.map((step) => step.title)]).toEqual([true, expect.arrayContaining(['The phone book is served'])]);

    const ldap = await connects(desk, { kind: 'ldap' });
    const isShut = await tests(desk, ldap);
    expect(isShut.steps.filter((step) => !step.isPassed).map((step) => step.detail)).toEqual(['The directory is switched off. Switch it on for this system.']);
    await desk.call('PUT', '/ldap', { isOn: true, tlsPort: await freePort() });
    const searched = await tests(desk, ldap);
    expect(searched.steps.map((step) => step.detail).join('\n')).toMatch(/over TLS, in \d+ ms: \+48600100200 is Jan Kowalski\./u);
    expect(searched.isPassed).toBe(true);
    const ofDirectory = async () =>
      ((await (await desk.call('GET', `/pbx/sources/${ldap.source.id}/requests`)).json()) as { items: { what: string }[] }).items.map(({ what }) => what);
    await expect.poll(ofDirectory, { timeout: 5000 }).toContain('Self-test LDAP search');
    expect(await (await desk.call('GET', `/pbx/sources/${ldap.source.id}`)).json()).toMatchObject({ lastUsedAt: null });
    await desk.call('POST', `/pbx/sources/${ldap.source.id}/new-key`);
    expect((await tests(desk, ldap)).steps.find((step) => step.title.startsWith('The directory'))).toMatchObject({
      isPassed: false,
      detail: 'The directory did not let it in (LDAP result 49).',
    });
    const box = await tests(desk, await connects(desk, { kind: 'fritzbox' }));
    expect([box.isPassed, box.steps.find((step) => step.title.includes('address book'))?.detail]).toEqual([
      true,
      expect.stringMatching(/^1 entry, in \d+ ms\.$/u),
    ]);

    const requests = async () => ((await (await desk.call('GET', `/pbx/sources/${asterisk.source.id}/requests`)).json()) as { items: unknown[] }).items;
    await expect.poll(requests, { timeout: 5000 }).toMatchObject([{ what: 'Self-test GET /pbx/v1/name', status: 200 }]);
    expect(await (await desk.call('GET', `/pbx/sources/${asterisk.source.id}`)).json()).toMatchObject({ lastUsedAt: null, firstUsedAt: null });
  });

  test('fails for a key that was replaced, and says which step did', async () => {
    const desk = await startDesk(temporaryFolder());
    const pbx = await connects(desk, { kind: 'generic' });
    await desk.call('POST', `/pbx/sources/${pbx.source.id}/new-key`);

    const tested = await tests(desk, pbx);

    expect(tested.isPassed).toBe(false);
    expect(tested.steps.filter((step) => !step.isPassed).map((step) => step.title)).toEqual([
      'The key is the present one',
      'A real contact’s number has a name',
    ]);
  });

  test('says that this PC is refused where only the system’s own address may ask', async () => {
    const desk = await startDesk(temporaryFolder());
    const pbx = await connects(desk, { kind: 'generic', addresses: ['10.9.8.7'] });

    const tested = await tests(desk, pbx);

    expect(tested.isPassed).toBe(true);
    expect(tested.steps.map((step) => step.detail).join('\n')).toContain('only 10.9.8.7 may ask');
  });
});

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

import { describe, expect, test } from 'vitest';
import type { PbxSourceWithKey } from '#server/pbx/pbx.contract.ts';
import { startDesk } from '#test/support/running-desk.ts';
import { startSwitch } from '#test/support/sip-switch.ts';
import { temporaryFolder } from '#test/support/test-context.ts';

async function created<Answer>(answer: Response): Promise<Answer> {
  expect(answer.status).toBe(201);
  return (await answer.json()) as Answer;
}

describe('C25: a call through Kamailio, set up as the console says', { timeout: 120_000 }, () => {
  test('carries the caller’s name to the telephone that is called, and comes through whatever the desk does', async () => {
    const desk = await startDesk(temporaryFolder());
    const company = await created<{ id: string }>(await desk.call('POST', '/companies', { name: 'Zażółć & Söhne (Nord)' }));
    await created(await desk.call('POST', '/contacts', { firstName: 'Jan', lastName: 'O"Brien', phone: '+48 600 100 200', companyId: company.id }));
    const { setup, source } = await created<PbxSourceWithKey>(await desk.call('POST', '/pbx/sources', { name: 'Kamailio', kind: 'kamailio' }));
    const proxy = await startSwitch(temporaryFolder(), setup);

    const known = await proxy.call('<sip:+48600100200@127.0.0.1>');
    expect(known.from).toBe('"Jan O Brien - Zażółć & Söhne Nord" <sip:+48600100200@127.0.0.1>');
    const national = await proxy.call('"600100200" <sip:0048600100200@127.0.0.1>');
    expect(national.from).toBe('"Jan O Brien - Zażółć & Söhne Nord" <sip:0048600100200@127.0.0.1>');

    const stranger = '"Stranger" <sip:+48600999999@127.0.0.1>';
    expect((await proxy.call(stranger)).from).toBe(stranger);
    const withheld = '"Anonymous" <sip:anonymous@anonymous.invalid>';
    expect((await proxy.call(withheld)).from).toBe(withheld);

    desk.child.kill('SIGSTOP');
    const silent = await proxy.call('<sip:+48600100200@127.0.0.1>');
    desk.child.kill('SIGCONT');
    expect(silent.from).toBe('<sip:+48600100200@127.0.0.1>');
    expect(silent.milliseconds).toBeLessThan(5000);

    expect((await desk.call('POST', `/pbx/sources/${source.id}/revoke`)).status).toBe(200);
    expect((await proxy.call('<sip:+48600100200@127.0.0.1>')).from).toBe('<sip:+48600100200@127.0.0.1>');

    await desk.end('SIGKILL');
    expect((await proxy.call('<sip:+48600100200@127.0.0.1>')).from).toBe('<sip:+48600100200@127.0.0.1>');
  });
});

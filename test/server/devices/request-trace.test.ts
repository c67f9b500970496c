import { describe, expect, test } from 'vitest';
import { pairsPhone } from '#test/support/device-builders.ts';
import { testServer } from '#test/support/test-server.ts';
import { startRequestTrace } from '#server/devices/request-trace.service.ts';

describe('C28: the trace of a phone’s requests', () => {
  test('the newest hundred of each phone are kept, in order; a phone that is gone does not hold up the others', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const trace = startRequestTrace(server.ctx);
    const request = { deviceId: phone.id, method: 'GET', status: 200, milliseconds: 1.4, userAgent: 'Phone/1', ip: '::ffff:192.168.1.20' };

    for (let at = 1; at <= 60; at++) trace.traceRequest(server.ctx, { ...request, path: `/${at}` });
    trace.traceRequest(server.ctx, { ...request, deviceId: 'gone', path: '/lost' });
    await trace.flush();
    for (let at = 61; at <= 130; at++) trace.traceRequest(server.ctx, { ...request, path: `/${at}`, note: 'asked' });
    await trace.close();
    trace.traceRequest(server.ctx, { ...request, path: '/after the end' });
    await trace.flush();

    const rows = await server.ctx.db.selectFrom('device_requests').selectAll().where('path', 'not like', '/api/%').orderBy('id').execute();
    expect(rows.map((row) => row.path)).toEqual(Array.from({ length: 100 }, (_, index) => `/${index + 31}`));
    expect(rows.at(-1)).toMatchObject({
      device_id: phone.id,
      method: 'GET',
      status: 200,
      note: 'asked',
      milliseconds: 1,
      user_agent: 'Phone/1',
      ip: '192.168.1.20',
    });
  });

  test('requests of the device API are traced without what they ask for', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    await phone.get('/lookup?number=%2B48600100200', { 'user-agent': 'Phone/2' });
    await server.close();

    const again = await testServer({ folder: server.ctx.folder.root });
    const rows = await again.ctx.db.selectFrom('device_requests').selectAll().execute();
    expect(rows).toMatchObject([{ device_id: phone.id, path: '/api/device/v1/lookup', status: 204, user_agent: 'Phone/2', ip: '127.0.0.1' }]);
  });
});

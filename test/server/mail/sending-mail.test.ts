import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { inTransaction } from '#server/kernel/context.ts';
import { sendDueMail } from '#server/mail/mail.jobs.ts';
import { listOutgoingMail, queueMail, retryMail, saveMailSettings } from '#server/mail/mail.service.ts';
import { testMailServer } from '#test/support/mail-server.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

const mail = { to: 'marta@example.com', subject: 'Ticket 2481: a reply', text: 'We will be there at 14:00.' };

async function withServer(ctx: Context, port: number): Promise<void> {
  await saveMailSettings(ctx, {
    host: '127.0.0.1',
    port,
    security: 'none',
    username: '',
    fromName: 'Hartmann support',
    fromAddress: 'desk@example.com',
    acceptSelfSigned: false,
  });
}

async function onlyMail(ctx: Context) {
  const page = await listOutgoingMail(ctx, { limit: 10 });
  return page.items[0];
}

describe('the outbox', () => {
  test('a queued mail arrives, whole, from the address that was set', async () => {
    const ctx = await testContext();
    const server = await testMailServer();
    await withServer(ctx, server.port);
    await queueMail(ctx, mail);

    await sendDueMail(ctx);

    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ from: 'desk@example.com', to: ['marta@example.com'] });
    expect(server.received[0]?.source).toContain('We will be there at 14:00.');
    expect(server.received[0]?.source).toContain('Auto-Submitted: auto-generated');
    expect(await onlyMail(ctx)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  test('nothing is sent for a change that was rolled back', async () => {
    const ctx = await testContext();
    const server = await testMailServer();
    await withServer(ctx, server.port);
    const change = inTransaction(ctx, async (ctx) => {
      await queueMail(ctx, mail);
      throw new Error('the change failed');
    });
    await expect(change).rejects.toThrow('the change failed');

    await sendDueMail(ctx);

    expect(server.received).toHaveLength(0);
  });

  test('mails wait while no mail server is set, and go out once one is', async () => {
    const ctx = await testContext();
    await queueMail(ctx, mail);
    await sendDueMail(ctx);
    expect(await onlyMail(ctx)).toMatchObject({ state: 'waiting', attempts: 0 });

    const server = await testMailServer();
    await withServer(ctx, server.port);
    await sendDueMail(ctx);

    expect(server.received).toHaveLength(1);
  });

  test('two workers at once send each mail once', async () => {
    const ctx = await testContext();
    const server = await testMailServer();
    await withServer(ctx, server.port);
    for (let count = 0; count < 5; count += 1) await queueMail(ctx, { ...mail, subject: `Mail ${count}` });

    await Promise.all([sendDueMail(ctx), sendDueMail(ctx), sendDueMail(ctx)]);

    expect(server.received).toHaveLength(5);
  });

  test('a mail server that is away is tried again later, with what it said kept', async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    const server = await testMailServer();
    await withServer(ctx, 1);
    await queueMail(ctx, mail);
    await sendDueMail(ctx);
    expect(await onlyMail(ctx)).toMatchObject({ state: 'waiting', attempts: 1, lastError: expect.stringContaining('Nothing listens') });

    await withServer(ctx, server.port);
    await sendDueMail(ctx);
    expect(server.received).toHaveLength(0);
    clock.advance(61_000);
    await sendDueMail(ctx);

    expect(server.received).toHaveLength(1);
  });

  test('a refused recipient is given up with the server’s words, and can be tried again by hand', async () => {
    const ctx = await testContext();
    const server = await testMailServer();
    await withServer(ctx, server.port);
    server.refusal = { code: 550, message: 'No such user here' };
    await queueMail(ctx, mail);
    await sendDueMail(ctx);
    const failed = await onlyMail(ctx);
    expect(failed).toMatchObject({ state: 'failed', lastError: expect.stringContaining('No such user here') });

    server.refusal = null;
    await retryMail(ctx, failed?.id ?? '');
    await sendDueMail(ctx);

    expect(server.received).toHaveLength(1);
  });

  test('the same mail queued twice under one key goes out once', async () => {
    const ctx = await testContext();
    const server = await testMailServer();
    await withServer(ctx, server.port);
    await queueMail(ctx, { ...mail, dedupeKey: 'reply:1' });
    await queueMail(ctx, { ...mail, dedupeKey: 'reply:1' });

    await sendDueMail(ctx);

    expect(server.received).toHaveLength(1);
  });

  test('a line break in a subject or address adds no header', async () => {
    const ctx = await testContext();
    const server = await testMailServer();
    await withServer(ctx, server.port);
    await queueMail(ctx, { ...mail, subject: 'Hello\r\nBcc: everyone@example.com' });

    await sendDueMail(ctx);

    expect(server.received[0]?.to).toEqual(['marta@example.com']);
    expect(server.received[0]?.source).not.toMatch(/^Bcc:/mu);
  });
});

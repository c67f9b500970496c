import { expect, test } from 'vitest';
import { readDraft, saveDraft } from '#server/drafts/drafts.service.ts';
import { actingAs } from '#server/kernel/context.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

test('what was typed is there again until it is dropped', async () => {
  const server = await testServer();
  await server.asConsole('PUT', '/drafts/ticket:1', { body: { text: 'Dear Marta,' } });

  const kept = await server.asConsole('GET', '/drafts/ticket:1');
  expect(kept.json().body).toEqual({ text: 'Dear Marta,' });

  await server.asConsole('DELETE', '/drafts/ticket:1');
  expect((await server.asConsole('GET', '/drafts/ticket:1')).json()).toEqual({ body: null, updatedAt: null });
});

test('nobody reads another’s draft', async () => {
  const ctx = await testContext();
  const anna = actingAs(ctx, { kind: 'member', id: 'm1', name: 'Anna', contactId: 'c1' });
  const jan = actingAs(ctx, { kind: 'member', id: 'm2', name: 'Jan', contactId: 'c2' });

  await saveDraft(anna, 'ticket:1', 'from Anna');

  expect((await readDraft(jan, 'ticket:1')).body).toBeNull();
});

test('a draft of more than 500 KB is refused with the way out', async () => {
  const server = await testServer();

  const refused = await server.asConsole('PUT', '/drafts/ticket:1', { body: 'x'.repeat(600_000) });

  expect(refused.statusCode).toBe(400);
  expect(refused.json().errors[0].message).toContain('Attach long texts as a file');
});

import { expect, test } from 'vitest';
import { forgetEndedSessions, readSession, signIn } from '#server/members/sessions.service.ts';
import { memberByEmail, linkByHash } from '#server/members/members.queries.ts';
import { sessionByHash } from '#server/members/sessions.queries.ts';
import { givenInvited, givenMember } from '#test/support/member-builders.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

const visit = { ip: '10.0.0.1', userAgent: 'test' };

test('what a page reads of its reader is found by index alone', async () => {
  const ctx = await testContext();

  for (const read of [sessionByHash, memberByEmail, linkByHash]) {
    expect(ctx.hot.plan<never, unknown>(read as never).filter((line) => line.startsWith('SCAN'))).toEqual([]);
  }
});

test('ended sessions, old links and past tries are forgotten a day later', async () => {
  const clock = testClock();
  const ctx = await testContext({ clock });
  const member = await givenMember(ctx);
  await givenInvited(ctx, { email: 'invited@example.com' });
  const { token } = await signIn(ctx, { email: member.email, password: member.password, visit });
  await expect(signIn(ctx, { email: member.email, password: 'wrong', visit })).rejects.toThrow('do not fit together');

  clock.advance(13 * 3_600_000);
  await forgetEndedSessions(ctx);
  expect(await readSession(ctx, token)).toMatchObject({ state: 'ended' });
  clock.advance(9 * 86_400_000);
  await forgetEndedSessions(ctx);

  expect(await readSession(ctx, token)).toBeUndefined();
  for (const table of ['sessions', 'member_links', 'throttles'] as const) expect(await ctx.db.selectFrom(table).selectAll().execute()).toEqual([]);
});

test('a session row is written at most every thirty seconds, so that a busy reader costs no writes', async () => {
  const clock = testClock();
  const ctx = await testContext({ clock });
  const member = await givenMember(ctx);
  const { token } = await signIn(ctx, { email: member.email, password: member.password, visit });

  const found = await readSession(ctx, token);

  expect(found?.session).toMatchObject({ memberId: member.memberId, lastSeenAt: clock.now().toISOString() });
});

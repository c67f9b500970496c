import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeCallEvent } from '#server/calls/call-events.service.ts';
import type { CallEvent } from '#server/calls/calls.contract.ts';
import { addDevice } from '#server/devices/devices.service.ts';
import { actingAs } from '#server/kernel/context.ts';
import { newId } from '#server/kernel/ids.ts';
import { ensureOwner } from '#server/team/team.service.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

const start = Date.parse('2026-03-02T09:00:00.000Z');

interface Leg {
  readonly source: 'pbx' | 'device';
  readonly events: readonly { readonly event: CallEvent['event']; readonly seconds: number }[];
}

/** One call that was taken or missed, as each source saw it: the phone may have rung along in vain. */
const aCall = fc
  .record({
    isTaken: fc.boolean(),
    isTakenElsewhere: fc.boolean(),
    rings: fc.integer({ min: 5, max: 25 }),
    talks: fc.integer({ min: 1, max: 600 }),
    late: fc.integer({ min: 0, max: 10 }),
    ahead: fc.integer({ min: -4, max: 4 }),
  })
  .map(({ isTaken, isTakenElsewhere, rings, talks, late, ahead }): { readonly state: string; readonly legs: readonly Leg[]; readonly lasts: number } => {
    const missed = [
      { event: 'ringing' as const, seconds: 0 },
      { event: 'missed' as const, seconds: rings },
    ];
    const taken = [
      { event: 'ringing' as const, seconds: 0 },
      { event: 'answered' as const, seconds: rings },
      { event: 'ended' as const, seconds: rings + talks },
    ];
    const ofPhone = isTaken && !isTakenElsewhere ? taken : missed;
    const shifted = ofPhone.map(({ event, seconds }, index) => ({ event, seconds: seconds + ahead + (index === 0 ? Math.min(late, rings) : 0) }));
    return {
      state: isTaken ? 'ended' : 'missed',
      legs: [
        { source: 'pbx', events: isTaken ? taken : missed },
        { source: 'device', events: shifted },
      ],
      lasts: isTaken ? rings + talks : rings,
    };
  });

interface Step extends Pick<Leg, 'source'> {
  readonly call: number;
  readonly event: CallEvent['event'];
  readonly seconds: number;
}

/** Some calls of one caller, minutes apart, and everything that is said of them, in any order and partly twice. */
const story = fc.array(aCall, { minLength: 1, maxLength: 3 }).chain((calls) => {
  const began = calls.map((_, index) => calls.slice(0, index).reduce((sum, { lasts }) => sum + lasts + 180, 0));
  const steps = calls.flatMap(({ legs }, index) =>
    legs.flatMap(({ source, events }) => events.map(({ event, seconds }): Step => ({ source, call: index, event, seconds: (began[index] ?? 0) + seconds }))),
  );
  return fc.record({
    states: fc.constant(calls.map(({ state }) => state)),
    steps: fc.tuple(fc.shuffledSubarray(steps, { minLength: steps.length }), fc.subarray(steps)).map(([all, again]) => [...all, ...again]),
  });
});

describe('C26 what a telephone system and a phone say of the same calls', () => {
  test('makes one entry for each call, in whatever order and however often it is said', async () => {
    const ctx = await testContext({ clock: testClock('2026-03-02T12:00:00.000Z') });
    const { id: agentId } = await ensureOwner(ctx);
    const deviceId = newId();
    const visitor = { ip: '127.0.0.1', userAgent: '' };
    await addDevice(ctx, {
      id: deviceId,
      name: 'Phone',
      agentId,
      platform: 'ios',
      scope: { everyone: true, listIds: [], most: null, showsCompany: true },
      leaseDays: null,
      visitor,
    });
    const phone = actingAs(ctx, { kind: 'device', id: deviceId, name: 'Phone', agentId });
    const pbx = actingAs(ctx, { kind: 'pbx', id: 'main', name: 'Switchboard' });
    let runs = 0;

    await fc.assert(
      fc.asyncProperty(story, async ({ states, steps }) => {
        runs += 1;
        const number = `+4860${String(1_000_000 + runs)}`;
        for (const { source, call, event, seconds } of steps) {
          const report = { event, direction: 'inbound', number, at: new Date(start + seconds * 1000).toISOString(), via: 'phone' } as const;
          const of = source === 'pbx' ? { source: 'pbx:main', agentId: null, key: undefined } : { source: `device:${deviceId}`, agentId, key: undefined };
          await takeCallEvent(source === 'pbx' ? pbx : phone, { ...report, callId: `${runs}-${call}` }, of);
        }
        const entries = await ctx.db.selectFrom('calls').selectAll().where('e164', '=', number).orderBy('started_at').execute();
        expect(entries.map(({ state }) => state)).toEqual(states);
        expect(entries.map(({ agent_id }) => agent_id)).toEqual(states.map(() => agentId));
      }),
      { numRuns: 40 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { Call, CallNews } from '#server/calls/calls.contract.ts';
import { parseBlock } from '#renderer/phone/device/events.ts';
import { inWords, NotReached, Refused } from '#renderer/phone/device/problem.ts';
import { due, dueExactly, duration, initials, money, telephone, when } from '#renderer/phone/parts/format.ts';
import { inLine, isolated } from '#renderer/phone/parts/in-line.ts';
import { linkTo, readRoute } from '#renderer/phone/parts/use-route.ts';
import { describeCall } from '#renderer/phone/screens/call-row.tsx';
import { describeCaller } from '#renderer/phone/screens/calling-now.tsx';
import { dayIn, dueAt, isPast, timeOn } from '#renderer/phone/screens/task-due.ts';
import { groupOf } from '#renderer/phone/screens/tasks-screen.tsx';

const now = new Date(2026, 2, 5, 12, 0);
const at = (day: number, hour = 9) => new Date(2026, 2, day, hour, 12).toISOString();

const call: Call = {
  id: 'c1',
  direction: 'inbound',
  state: 'ended',
  number: '+48600100200',
  displayNumber: '600 100 200',
  isWithheld: false,
  display: 'Marta Zielińska',
  label: null,
  sharedBy: 0,
  matchKind: 'exact',
  contact: { id: 'p1', name: 'Marta Zielińska' },
  company: { id: 'k1', name: 'Hartmann Optik' },
  agent: null,
  startedAt: new Date().toISOString(),
  durationSeconds: 240,
  outcome: null,
  note: null,
  via: 'phone',
  tasks: [],
  ticket: null,
  asksForOutcome: false,
};

describe('a call in the log', () => {
  test('tells in one line what happened', () => {
    expect(describeCall(call)).toMatch(/^Hartmann Optik · 4 min · /u);
    expect(describeCall({ ...call, state: 'missed', durationSeconds: null })).toMatch(/^Missed · Hartmann Optik · /u);
    expect(
      describeCall({ ...call, note: 'x', outcome: 'busy', tasks: [{ id: 't', title: 'x', kind: 'follow-up', callBackTo: null, dueAt: null, isDone: false }] }),
    ).toContain('4 min · busy · note saved · task');
  });

  test('of a shared number names who shares it', () => {
    const shared = {
      ...call,
      contact: null,
      company: { id: 'k', name: 'Krüger workshop' },
      display: 'Krüger workshop',
      label: 'Krüger workshop: Anna, Jan +3',
    };

    expect(describeCall(shared)).toMatch(/^Shared number: Anna, Jan and 3 more · 4 min/u);
  });
});

describe('who calls now', () => {
  const caller: NonNullable<CallNews['caller']> = {
    match: 'exact',
    display: 'Jonas Brandt · Werk 2',
    contact: { id: 'p', firstName: 'Jonas', lastName: 'Brandt' },
    company: { id: 'k', name: 'Werk 2' },
    deal: { name: 'Label line 3', value: { amount: '12400.00', currency: 'EUR' } },
    openTickets: [{ id: 't', number: 1, subject: 'x' }],
    candidates: [],
  };

  test('is told with company, deal and open tickets', () => {
    expect(describeCaller({ caller, displayNumber: '1' })).toMatch(/^Werk 2 · Label line 3, .*12.?400.* · 1 open ticket$/u);
    expect(describeCaller({ caller: { ...caller, match: 'maybe', deal: null, openTickets: [] }, displayNumber: '1' })).toBe('Werk 2 · not certain');
    expect(describeCaller({ caller: null, displayNumber: '1' })).toBe('Nobody is known by this number');
  });
});

describe('times', () => {
  test('read as one says them', () => {
    expect(when(at(4), now)).toMatch(/^Yesterday, /u);
    expect(when(at(2), now)).toMatch(/^Monday, /u);
    expect(due(at(5, 17), now)).toBe('today');
    expect(due(at(6), now)).toBe('tomorrow');
    expect(due(at(9), now)).toBe('Monday');
    expect([duration(59), duration(240), duration(4000)]).toEqual(['59 s', '4 min', '1 h 7 min']);
  });

  test('put tasks into the groups one works through', () => {
    expect([at(5, 17), at(4), at(9), null].map((dueOn) => groupOf({ dueAt: dueOn }, now))).toEqual(['today', 'overdue', 'later', 'undated']);
    // Still today, even when the hour has passed.
    expect(groupOf({ dueAt: at(5, 8) }, now)).toBe('today');
  });

  test('a day chosen for a follow-up ends with the working day of the phone’s own zone', () => {
    expect(dayIn(1, new Date(2026, 11, 31))).toBe('2027-01-01');
    expect(timeOn('2026-03-06', now)).toBe('17:00');
    expect(dueAt({ dueOn: '2026-03-05', dueTime: '' }, now)).toBe(new Date(2026, 2, 5, 17, 0).toISOString());
    expect(dueAt({ dueOn: '', dueTime: '09:30' }, now)).toBeNull();
  });

  test('a follow-up may have a time of its own, in that zone, and one that is past is known as such', () => {
    const own = { dueOn: '2026-03-05', dueTime: '09:30' };

    expect(dueAt(own, now)).toBe(new Date(2026, 2, 5, 9, 30).toISOString());
    expect([isPast(own, now), isPast({ ...own, dueTime: '12:30' }, now), isPast({ ...own, dueOn: '' }, now)]).toEqual([true, false, false]);
    // A year is not finished while one types it.
    expect(dueAt({ ...own, dueOn: '0002-03-05' }, now)).toMatch(/^0002-/u);
  });

  test('today means a time to come, also in the evening', () => {
    const at18 = new Date(2026, 2, 5, 18, 20);
    const late = new Date(2026, 2, 5, 23, 20);

    expect([timeOn('2026-03-05', at18), timeOn('2026-03-06', at18), timeOn('2026-03-05', late)]).toEqual(['19:00', '17:00', '23:59']);
    expect(dueExactly(new Date(2026, 2, 6, 9, 30).toISOString(), now)).toMatch(/^tomorrow, 0?9:30/u);
    expect(dueExactly(new Date(2026, 2, 6, 23, 59).toISOString(), now)).toBe('tomorrow');
  });
});

describe('names of others in a line', () => {
  test('from right to left turn no number round, and the longest leaves room', () => {
    expect(inLine('Hartmann Optik')).toBe('Hartmann Optik');
    expect(isolated('شركة النقل')).toBe('\u2068شركة النقل\u2069');
    expect(inLine('Donaudampfschifffahrtsgesellschaft '.repeat(4))).toMatch(/^.{35,40}…$/u);
    // A family is one character, never half of one.
    expect(inLine('👩‍👩‍👧‍👦'.repeat(50))).toBe(`${'👩‍👩‍👧‍👦'.repeat(40)}…`);
    const company = { id: 'k', name: 'شركة النقل' };
    expect(describeCall({ ...call, company })).toMatch(/^\u2068شركة النقل\u2069 · 4 min · /u);
  });
});

test('names without pictures get letters of any script', () => {
  expect(['Marta Zielińska', 'Ølen', '+48 600', '', '李 小龙', 'Paul Larsen 39'].map(initials)).toEqual(['MZ', 'Ø', '#', '?', '李小', 'PL']);
});

test('money is shown without cents where there are none', () => {
  expect(money({ amount: '12400.00', currency: 'EUR' })).toMatch(/12.?400/u);
  expect(money({ amount: '12400.00', currency: 'EUR' })).not.toContain('.00');
  expect(money({ amount: '999999999999999.99', currency: 'EUR' })).toContain('999,999,999,999,999.99');
  expect(money({ amount: '1.50', currency: 'nonsense' })).toBe('1.50 nonsense');
});

test('a number is dialled with its extension after a pause, and nothing else gets into the address', () => {
  expect(telephone('+48 22 123-45-67')).toBe('tel:+48221234567');
  expect(telephone('+48221234567', '12')).toBe('tel:+48221234567,12');
  expect(telephone('javascript:alert(1)')).toBe('tel:1');
});

test('places in the page survive odd ids', () => {
  expect(readRoute(linkTo('people', 'a/b #c'))).toEqual(['people', 'a/b #c']);
  expect(readRoute('#1.token.fingerprint')).toEqual([]);
  expect(readRoute('#/people/%E0%A4%A')).toEqual([]);
});

test('an event of the stream is read with its number; a comment is none', () => {
  expect(parseBlock('id: 7\nevent: call\ndata: {"state":"ringing"}')).toEqual({ id: '7', event: { kind: 'call', data: { state: 'ringing' } } });
  expect(parseBlock(': still here').event).toBeUndefined();
});

test('problems are told in the desk’s own words', () => {
  expect(inWords(new Refused(400, { detail: 'x', errors: [{ path: 'note', message: 'Too long.' }] }))).toBe('Too long.');
  expect(inWords(new Refused(410, { detail: 'Gone.' }))).toBe('Gone.');
  expect(inWords(new NotReached())).toContain('office network');
});

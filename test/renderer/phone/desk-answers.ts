import type { Call, CallNews, Task } from '#server/calls/calls.contract.ts';
import type { DeviceMe } from '#server/devices/devices.contract.ts';
import type { SetupState } from '#server/enrolment/enrolment.contract.ts';
import type { PhoneContact } from '#server/phone/phone.contract.ts';

// What a desk answers to the phone page, in no language.

/** All that is not a number. */
export const names = ['Jonas', 'Brandt', 'JB', 'Werk', 'W', 'Marta', 'Hartmann', 'Pixel', 'Xyzzy'];

const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour).toISOString();
const jonas = { id: 'p1', name: 'Jonas Brandt' };
const werk = { id: 'k1', name: 'Werk 2' };

const followUp = { kind: 'follow-up', callBackTo: null } as const;
const callBack = { kind: 'call-back', callBackTo: jonas.name, title: 'Call back Jonas Brandt' } as const;

const call: Call = {
  id: 'c1',
  direction: 'inbound',
  state: 'ended',
  number: '+491701234567',
  displayNumber: '0170 1234567',
  isWithheld: false,
  display: jonas.name,
  label: null,
  sharedBy: 0,
  matchKind: 'exact',
  contact: jonas,
  company: werk,
  agent: null,
  startedAt: ago(1),
  durationSeconds: 4000,
  outcome: 'left-message',
  note: 'Xyzzy',
  via: 'phone',
  tasks: [{ ...followUp, id: 't1', title: 'Xyzzy 7', dueAt: ago(-30), isDone: false }],
  ticket: null,
  asksForOutcome: true,
};

const nobody = { ...call, contact: null, company: null, outcome: null, note: null, tasks: [] };

/** One call of each kind there is a word for. */
export const calls: readonly Call[] = [
  call,
  {
    ...call,
    id: 'c2',
    direction: 'outbound',
    durationSeconds: 59,
    outcome: 'no-answer',
    startedAt: ago(24),
    tasks: [{ ...followUp, id: 't2', title: 'Xyzzy 8', dueAt: null, isDone: true }],
  },
  {
    ...call,
    id: 'c3',
    state: 'missed',
    outcome: null,
    note: null,
    durationSeconds: null,
    startedAt: ago(50),
    tasks: [{ ...callBack, id: 't5', dueAt: ago(-1), isDone: false }],
  },
  { ...nobody, id: 'c4', number: null, displayNumber: '', isWithheld: true, display: 'Withheld', startedAt: ago(200 * 24) },
  { ...nobody, id: 'c5', display: werk.name, company: werk, label: 'Werk 2: Jonas, Marta +3', outcome: 'busy', durationSeconds: 240 },
  { ...call, id: 'c6', outcome: 'wrong-number', tasks: [{ ...followUp, id: 't3', title: 'Xyzzy 9', dueAt: ago(40), isDone: false }] },
  { ...call, id: 'c7', outcome: 'connected', tasks: [{ ...followUp, id: 't4', title: 'Xyzzy 9', dueAt: null, isDone: false }] },
];

export const news: CallNews = {
  callId: 'c1',
  state: 'ringing',
  direction: 'inbound',
  number: call.number,
  displayNumber: call.displayNumber,
  isWithheld: false,
  agent: null,
  startedAt: ago(0),
  caller: {
    match: 'maybe',
    display: 'Jonas Brandt · Werk 2?',
    contact: { id: 'p1', firstName: 'Jonas', lastName: 'Brandt' },
    company: werk,
    deal: { name: 'Xyzzy 3', value: { amount: '12400.00', currency: 'EUR' } },
    openTickets: [
      { id: 'x1', number: 41, subject: 'Xyzzy 5' },
      { id: 'x2', number: 42, subject: 'Xyzzy 6' },
    ],
    candidates: [jonas, { id: 'p2', name: 'Marta' }],
  },
};

const task: Task = {
  id: 't0',
  title: 'Xyzzy 0',
  dueAt: null,
  contact: jonas,
  callId: null,
  isDone: false,
  createdAt: ago(80),
  ...followUp,
  number: null,
  displayNumber: null,
  missedCalls: 0,
};

const tasks: readonly Task[] = [
  ...[ago(60), ago(24), ago(0), ago(-24), ago(-72), null].map((dueAt, index) => ({ ...task, id: `t${index}`, title: `Xyzzy ${index}`, dueAt })),
  { ...task, id: 't9', contact: null, ...callBack, number: call.number, missedCalls: 2, dueAt: ago(-24) },
];

const person: PhoneContact = {
  id: 'p1',
  name: jonas.name,
  company: werk,
  jobTitle: null,
  numbers: [
    { field: 'phone', e164: '+4930123456', extension: '12', display: '030 123456' },
    { field: 'mobile', e164: '+491701234567', extension: null, display: '0170 1234567' },
    { field: 'other', e164: null, extension: null, display: '12-12' },
  ],
  openTickets: [{ id: 'x1', number: 41, subject: 'Xyzzy 5' }],
  deal: { name: 'Xyzzy 3', value: null },
};

const me: DeviceMe = {
  deviceId: 'd1',
  name: 'Pixel 10',
  serverName: 'Hartmann',
  settings: { callerId: true, showDeal: true, outcomeScreen: true, logCalls: false },
  scope: { everyone: true, listIds: [], most: null, showsCompany: true },
  lastSyncAt: ago(1),
  contactsSynced: 1,
  accountEndsAt: ago(-100),
  renewAccount: true,
  wipe: false,
};

const setup: SetupState = {
  deviceId: 'd1',
  way: 'ios',
  steps: (['certificate', 'profile', 'account', 'contacts', 'test-call'] as const).map((step, index) => ({ step, isDone: index < 2, at: null })),
  contacts: { onPhone: 1200, inScope: 1400, readAt: ago(3), readBy: null },
  works: false,
  account: { hostName: '192.168.1.10', port: 8443, url: 'https://192.168.1.10:8443/dav/', userName: 'd1' },
  certificate: { isOwn: true, authorityFingerprint: null, serverFingerprint: 'AB:CD' },
  lease: { days: 90, endsAt: ago(-100), renew: true, hasEnded: false, renewsByTap: false },
  testCallWorked: false,
};

/** The answers by path, after `/api/device/v1`; the first that fits. */
export const answers: readonly (readonly [RegExp, unknown])[] = [
  [/^\/calls\?/u, { items: calls, nextCursor: 'more' }],
  [/^\/tasks\?/u, { items: tasks, nextCursor: 'more' }],
  [/^\/contacts\?.*search=Xyzzy/u, { items: [], nextCursor: null }],
  [/^\/contacts\?/u, { items: [{ id: 'p1', name: jonas.name, company: werk.name, number: { e164: '+491701234567', display: '0170 1234567' } }] }],
  [/^\/tickets\?.*search=Xyzzy/u, { items: [] }],
  [/^\/tickets\?/u, { items: [true, false].map((isOpen, index) => ({ id: `x${index}`, number: 41 + index, subject: 'Xyzzy 5', isOpen, contact: null })) }],
  [/^\/contacts\//u, person],
  [/^\/lookup/u, news.caller],
  [/^\/me/u, me],
  [/^\/setup/u, setup],
  [/^\/directory/u, { mode: 'full', add: [['491701234567', 'Jonas Brandt · Werk 2', 'p1']], remove: [], cursor: 'x', more: false, total: 1 }],
  ...calls.map((one): readonly [RegExp, unknown] => [new RegExp(`^/calls/${one.id}$`, 'u'), one]),
];

import { createMemoryHistory } from '@tanstack/react-router';
import { configure, render } from '@testing-library/react';
import { vi } from 'vitest';
import { App } from '#renderer/console/app.tsx';
import { makeRouter } from '#renderer/console/router.ts';
import { fakeServer, givenKey, refusal, type FakeRequest } from './fake-server.ts';

// The first test of a file also waits for its screen's code; a busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

type Answer = object | Response | Error | ((request: FakeRequest) => object | Response | Error);

/** Answers by `METHOD /path`; the path is the one after /admin/v1. */
export type Answers = Readonly<Record<string, Answer>>;

const emptyPage = { items: [], nextCursor: null };

/** What every screen asks for, as an empty desk answers it. */
const emptyDesk: Answers = {
  'GET /status': {
    version: '0.1.0',
    companyName: 'Hartmann',
    isSetUp: true,
    parts: [],
    counts: { contacts: 2, companies: 1, openTickets: 1, waitingForTeam: 1, members: 0, phones: 0, phonesInSync: 0, missedCallsToday: 0, unreadableNumbers: 0 },
    ticketsByDay: [],
    portalUrl: null,
    at: '2026-11-23T08:00:00.000Z',
  },
  'GET /agents': { items: [{ id: 'owner', name: 'Tom Keller', email: null, role: 'owner', isActive: true }], nextCursor: null },
  'GET /settings/company': { name: 'Hartmann', country: 'DE', timeZone: 'Europe/Berlin', language: 'en' },
  'GET /tickets/counts': { open: 1, unassigned: 0, mine: 0, waitingForTeam: 1 },
};

/** The console on a screen, talking to a server that gives these answers. News are told with `tell`. */
export function openConsole(path: string, answers: Answers = {}) {
  givenKey();
  const known: Answers = { ...emptyDesk, ...answers };
  let news: ReadableStreamDefaultController<Uint8Array> | undefined;
  const requests = fakeServer((request) => {
    const place = request.path.replace('/admin/v1', '');
    if (place === '/events')
      return new Response(new ReadableStream({ start: (controller) => void (news = controller) }), { headers: { 'content-type': 'text/event-stream' } });
    const answer = known[`${request.method} ${place}`];
    if (answer !== undefined) return typeof answer === 'function' ? answer(request) : answer;
    if (place.startsWith('/drafts/')) return request.method === 'GET' ? { body: null, updatedAt: null } : new Response(null, { status: 204 });
    return request.method === 'GET' && !/\/[0-9a-z-]+-\d+$/u.test(place) ? emptyPage : refusal(404, 'This was not found. It may have been removed.');
  });
  const router = makeRouter(createMemoryHistory({ initialEntries: [path] }));
  const view = render(<App router={router} />);
  let lastId = 0;
  return {
    ...view,
    router,
    requests,
    /** The requests of one kind, such as `POST /tickets/ticket-1/messages`. */
    asked: (what: string): readonly FakeRequest[] => requests.filter(({ method, path: asked }) => `${method} ${asked.replace('/admin/v1', '')}` === what),
    tell: (kind: string, payload: object): void => {
      lastId += 1;
      news?.enqueue(new TextEncoder().encode(`id: ${lastId}\nevent: ${kind}\ndata: ${JSON.stringify(payload)}\n\n`));
    },
  };
}

/** happy-dom lays nothing out and has no fonts; long lists must believe that they have a height. */
export function givenALayout(): void {
  for (const side of ['offsetHeight', 'offsetWidth', 'clientHeight']) Object.defineProperty(HTMLElement.prototype, side, { configurable: true, value: 400 });
  HTMLElement.prototype.scrollTo = () => undefined;
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
}

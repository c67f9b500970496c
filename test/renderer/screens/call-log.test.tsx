import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '#server/calls/calls.contract.ts';
import { narrowingCount, questionOf, readCallFilter } from '#renderer/console/screens/calls/call-filter.ts';
import { givenALayout, openConsole } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

const missed: Call = {
  id: 'call-1',
  direction: 'inbound',
  state: 'missed',
  number: null,
  displayNumber: '',
  isWithheld: true,
  display: 'Withheld',
  label: null,
  sharedBy: 0,
  matchKind: null,
  contact: null,
  company: null,
  agent: { id: 'owner', name: 'Tom Keller' },
  startedAt: '2026-03-02T09:00:00.000Z',
  durationSeconds: null,
  outcome: null,
  note: null,
  via: 'phone',
  tasks: [],
  ticket: { id: 'ticket-7', number: 2479, subject: 'Access card' },
  asksForOutcome: false,
};

describe('the call log', () => {
  test('asks for what was chosen, counts it, and says when nothing fits', async () => {
    const { requests } = openConsole('/calls?search=brandt&direction=outbound', { 'GET /calls/count': { count: 0, isMore: false } });

    expect(await screen.findByText('No call fits')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Filter · 1' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Save as CSV' })).toHaveProperty('disabled', true);
    expect(requests.some(({ path, query }) => path.endsWith('/calls') && query['search'] === 'brandt' && query['direction'] === 'outbound')).toBe(true);
  });

  test('gives a withheld caller a contact by hand', async () => {
    const contact = { id: 'contact-2', firstName: 'Jonas', lastName: 'Brandt', displayName: 'Jonas Brandt', email: null, company: null };
    const summary = { ...contact, lastActivityAt: missed.startedAt, primaryNumber: null };
    const { asked } = openConsole('/calls', {
      'GET /calls': { items: [missed], nextCursor: null },
      'GET /calls/count': { count: 1, isMore: false },
      'GET /contacts': { items: [summary], nextCursor: null },
      'PUT /calls/call-1/contact': { ...missed, contact: { id: 'contact-2', name: 'Jonas Brandt' } },
    });
    fireEvent.click(await screen.findByRole('row', { name: /Withheld/u }));
    const drawer = await screen.findByRole('dialog');
    expect(
      within(drawer)
        .getByRole('link', { name: /Access card/u })
        .getAttribute('href'),
    ).toContain('/desk/ticket-7');

    fireEvent.click(within(drawer).getByRole('button', { name: 'Say who it was' }));
    fireEvent.change(within(drawer).getByLabelText(/Who it was/u), { target: { value: 'jonas' } });
    fireEvent.click(await screen.findByRole('option', { name: /Jonas Brandt/u, hidden: true }));

    await waitFor(() => expect(asked('PUT /calls/call-1/contact').map((request) => request.body)).toEqual([{ contactId: 'contact-2' }]));
  });

  test('stands in the address, and what does not belong there is left out', () => {
    const filter = readCallFilter({ missed: 'true', direction: 'sideways', who: 'withheld', from: '2026-03-01', to: 'soon', search: 600, color: 'red' });

    expect(filter).toEqual({ missed: true, who: 'withheld', from: '2026-03-01', search: '600' });
    expect(narrowingCount(filter)).toBe(2);
  });

  test('asks for whole days of the reader’s own time', () => {
    const { from, to } = questionOf({ from: '2026-03-01', to: '2026-03-01' });

    expect(Date.parse(String(to)) - Date.parse(String(from))).toBe(86_400_000);
  });
});

describe('the settings of calls', () => {
  const settings = { callBackTasks: true, callBackHours: 2, opens: '08:00', closes: '17:00', workdays: [1, 2, 3, 4, 5] };

  test('are saved together, and say at the field what is wrong', async () => {
    const { asked } = openConsole('/settings/calls', { 'GET /settings/calls': settings, 'PUT /settings/calls': { ...settings, opens: '09:00' } });
    const closes = await screen.findByLabelText('It closes at');

    fireEvent.change(closes, { target: { value: '07:00' } });
    expect(await screen.findByText('The desk must close after it opens.')).toBeDefined();
    fireEvent.change(closes, { target: { value: '18:00' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));

    await waitFor(() => expect(asked('PUT /settings/calls').map((request) => request.body)).toEqual([{ ...settings, closes: '18:00' }]));
  });
});

import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { belowTheName, callerInWords, clockOf, isOld, matchInWords, nothingRings, ringing } from '#renderer/console/screens/calls/ringing.ts';
import { aCall } from '#test/support/console-builders.ts';
import { givenALayout, openConsole } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

describe('a call that rings', () => {
  test('shows on every screen who it is and what is open for them', async () => {
    const { tell } = openConsole('/settings/company');
    await screen.findByRole('navigation', { name: 'Places' });

    await waitFor(() => {
      tell('call', aCall({ startedAt: new Date().toISOString() }));
      expect(screen.getByRole('article', { name: 'Calling now: Jonas Brandt' })).toBeDefined();
    });

    expect(screen.getByRole('link', { name: 'Access card for the new hall' }).getAttribute('href')).toContain('/desk/ticket-7');
    expect(screen.getByRole('link', { name: 'View contact' }).getAttribute('href')).toContain('/people/contact-2');
    expect(document.activeElement).toBe(document.body);
  });

  test('opens a ticket by one click, and asks for no more when it is there', async () => {
    const { tell, asked } = openConsole('/settings/company', {
      'POST /calls/call-1/ticket': { id: 'ticket-9', number: 2500, subject: 'Call from Jonas Brandt' },
    });
    await screen.findByRole('navigation', { name: 'Places' });
    await waitFor(() => {
      tell('call', aCall({ startedAt: new Date().toISOString() }));
      expect(screen.getByRole('button', { name: 'New ticket' })).toBeDefined();
    });

    fireEvent.click(screen.getByRole('button', { name: 'New ticket' }));

    expect((await screen.findByRole('link', { name: 'See its ticket' })).getAttribute('href')).toContain('/desk/ticket-9');
    expect(asked('POST /calls/call-1/ticket').map((request) => request.body)).toEqual([{ subject: 'Call from Jonas Brandt' }]);
  });

  test('offers a new contact with the number when nobody is known', async () => {
    const { tell } = openConsole('/settings/company');
    await screen.findByRole('navigation', { name: 'Places' });

    await waitFor(() => {
      tell('call', aCall({ caller: null, startedAt: new Date().toISOString() }));
      expect(screen.getByRole('link', { name: 'Add contact' }).getAttribute('href')).toContain('4915112345678');
    });
  });

  test('shared by several is somebody’s by one click', async () => {
    const caller = aCall().caller;
    const shared =
      caller === null
        ? null
        : {
            ...caller,
            contact: null,
            candidates: [
              { id: 'anna-1', name: 'Anna Krüger' },
              { id: 'jan-1', name: 'Jan Krüger' },
            ],
          };
    const { tell, asked } = openConsole('/settings/company');
    await screen.findByRole('navigation', { name: 'Places' });
    await waitFor(() => {
      tell('call', aCall({ caller: shared, startedAt: new Date().toISOString() }));
      expect(screen.getByText('One of 2 who share this number')).toBeDefined();
    });

    fireEvent.click(screen.getByRole('button', { name: 'It is Jan Krüger' }));

    await waitFor(() => expect(asked('PUT /calls/call-1/contact').map((request) => request.body)).toEqual([{ contactId: 'jan-1' }]));
  });

  test('is one card while it is taken and ends', () => {
    const answered = ringing(ringing(nothingRings, { news: aCall() }), { news: aCall({ state: 'answered' }) });

    expect(answered.calls).toEqual([aCall({ state: 'answered' })]);
  });

  test('that was put away stays away', () => {
    const away = ringing(ringing(nothingRings, { news: aCall() }), { forget: 'call-1' });

    expect(ringing(away, { news: aCall({ state: 'answered' }) }).calls).toEqual([]);
  });

  test('and was missed is told even where nobody saw it ring, but not when it is long over', () => {
    const missed = aCall({ state: 'missed' });

    expect(ringing(nothingRings, { news: missed }).calls).toEqual([missed]);
    expect(ringing(nothingRings, { news: missed, isLate: true }).calls).toEqual([]);
    expect(isOld(missed, new Date(missed.startedAt).getTime() + 11 * 60_000)).toBe(true);
  });

  test('and was missed needs no card once the same number is on the phone', () => {
    const missed = ringing(nothingRings, { news: aCall({ state: 'missed' }) });

    expect(ringing(missed, { news: aCall({ callId: 'back', direction: 'outbound', state: 'answered' }) }).calls).toEqual([]);
  });

  test('of ours to a customer is no card', () => {
    expect(ringing(nothingRings, { news: aCall({ direction: 'outbound' }) }).calls).toEqual([]);
  });

  test('takes the place of what is over when many ring at once', () => {
    const start = ringing(ringing(nothingRings, { news: aCall({ callId: 'a' }) }), { news: aCall({ callId: 'b', state: 'missed' }) });
    const all = ['c', 'd', 'e', 'f'].reduce((rings, callId) => ringing(rings, { news: aCall({ callId }) }), start);

    expect(all.calls.map((call) => call.callId)).toEqual(['c', 'd', 'e', 'f']);
  });

  test('says why it has this name, and for how long it rings', () => {
    const caller = aCall().caller;
    const shared =
      caller === null
        ? null
        : {
            ...caller,
            candidates: [
              { id: 'a', name: 'Anna' },
              { id: 'b', name: 'Jan' },
              { id: 'c', name: 'Ewa' },
            ],
          };
    expect(matchInWords(aCall())).toBe('Exact match');
    expect(matchInWords(aCall({ caller: shared }))).toBe('One of 3 who share this number');
    expect(matchInWords(aCall({ caller: null }))).toBeUndefined();
    expect([7000, 65_000, 3_729_000].map(clockOf)).toEqual(['0:07', '1:05', '1:02:09']);
  });

  test('never says the same thing twice', () => {
    expect(callerInWords(aCall())).toBe('Jonas Brandt');
    expect(belowTheName(aCall())).toEqual(['Werk 2', '+49 1511 2345678']);
    expect(belowTheName(aCall({ caller: null }))).toEqual(['Not a contact']);
    expect(callerInWords(aCall({ caller: null, isWithheld: true, number: null, displayNumber: '' }))).toBe('Withheld number');
  });
});

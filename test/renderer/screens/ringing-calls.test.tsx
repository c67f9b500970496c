import { screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { belowTheName, callerInWords, ringing } from '#renderer/console/screens/calls/ringing.ts';
import { aCall } from '#test/support/console-builders.ts';
import { givenALayout, openConsole } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

describe('a call that rings', () => {
  test('shows on every screen who it is and what is open for them', async () => {
    const { tell } = openConsole('/settings/company');
    await screen.findByRole('navigation', { name: 'Places' });

    await waitFor(() => {
      tell('call', aCall());
      expect(screen.getByRole('article', { name: 'Calling now: Jonas Brandt' })).toBeDefined();
    });

    expect(screen.getByText('Access card for the new hall')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Open ticket' }).getAttribute('href')).toContain('/desk/ticket-7');
    expect(screen.getByRole('link', { name: 'Contact' }).getAttribute('href')).toContain('/people/contact-2');
  });

  test('offers a new ticket and a new contact when nobody is known', async () => {
    const { tell } = openConsole('/settings/company');
    await screen.findByRole('navigation', { name: 'Places' });

    await waitFor(() => {
      tell('call', aCall({ caller: null }));
      expect(screen.getByRole('link', { name: 'Add contact' })).toBeDefined();
    });

    expect(screen.getByRole('link', { name: 'New ticket' }).getAttribute('href')).toContain('callId');
  });

  test('is one card while it is taken and ends', () => {
    const answered = ringing(ringing([], { news: aCall() }), { news: aCall({ state: 'answered' }) });

    expect(answered).toEqual([aCall({ state: 'answered' })]);
  });

  test('that was put away stays away, and one nobody saw ring does not appear at its end', () => {
    const away = ringing(ringing([], { news: aCall() }), { forget: 'call-1' });

    expect(ringing(away, { news: aCall({ state: 'answered' }) })).toEqual([]);
    expect(ringing([], { news: aCall({ state: 'missed' }) })).toEqual([]);
  });

  test('of ours to a customer is no card', () => {
    expect(ringing([], { news: aCall({ direction: 'outbound' }) })).toEqual([]);
  });

  test('leaves the newest three when many ring at once', () => {
    const all = ['a', 'b', 'c', 'd'].reduce((calls, callId) => ringing(calls, { news: aCall({ callId }) }), ringing([], { forget: '' }));

    expect(all.map((call) => call.callId)).toEqual(['b', 'c', 'd']);
  });

  test('never says the same thing twice', () => {
    expect(callerInWords(aCall())).toBe('Jonas Brandt');
    expect(belowTheName(aCall())).toBe('Werk 2 · +49 1511 2345678');
    expect(belowTheName(aCall({ caller: null }))).toBe('Not a contact');
    expect(callerInWords(aCall({ caller: null, isWithheld: true, number: null, displayNumber: '' }))).toBe('Withheld number');
  });
});

import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { aDevice } from '#test/support/console-builders.ts';
import { refusal } from '#test/support/fake-server.ts';
import { givenALayout, openConsole, type Answers } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

const inMarch = '2027-03-02T09:00:00.000Z';

function openPhone(device: Parameters<typeof aDevice>[0], answers: Answers = {}) {
  return openConsole('/phones/device-1', { 'GET /devices/device-1': aDevice(device), ...answers });
}

describe('C20 the lease of a phone on the console', () => {
  test('its end is shown, and its owner can be asked to renew, once', async () => {
    const { asked } = openPhone(
      { leaseEndsAt: inMarch },
      { 'POST /devices/device-1/renew-lease': aDevice({ leaseEndsAt: inMarch, leaseRenewalAskedAt: '2026-12-01T09:00:00.000Z' }) },
    );

    expect(await screen.findByText('2 Mar 2027')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Ask for a renewal' }));

    expect(await screen.findByText(/The phone page says so/u)).toBeDefined();
    expect(asked('POST /devices/device-1/renew-lease')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Ask for a renewal' })).toBeNull();
  });

  test('a refusal is said, and the button stays', async () => {
    openPhone({ leaseEndsAt: inMarch }, { 'POST /devices/device-1/renew-lease': refusal(409, 'This phone is revoked already.') });

    fireEvent.click(await screen.findByRole('button', { name: 'Ask for a renewal' }));

    expect(await screen.findByText('This phone is revoked already.')).toBeDefined();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Ask for a renewal' })).toBeDefined());
  });

  test('where the desk ends it the manager may renew it too, and is told what becomes of the contacts', async () => {
    let phone = aDevice({ platform: 'android', leaseEndedBy: 'desk', leaseState: 'running', leaseEndsAt: inMarch });
    const { asked } = openConsole('/phones/device-1', {
      'GET /devices/device-1': () => phone,
      'PATCH /devices/device-1': () => (phone = { ...phone, leaseEndsAt: '2027-04-02T09:00:00.000Z' }),
    });

    expect(await screen.findByText(/A phone that never comes back keeps them/u)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Renew it now' }));

    expect(await screen.findByText('2 Apr 2027')).toBeDefined();
    expect(asked('PATCH /devices/device-1')).toMatchObject([{ body: { leaseDays: 90 } }]);
  });

  test.each<[string, string | null, RegExp]>([
    ['a phone that was not back since is said to hold the contacts still', null, /the contacts are still on it/u],
    ['a phone that fetched the empty book is said to hold none', inMarch, /the contacts left the phone/u],
  ])('once it is over, %s', async (_fact, emptiedAt, words) => {
    const addressBook = { client: 'DAVx5/4.5', signedInAt: inMarch, bookSeenAt: inMarch, readAt: inMarch, cards: 3, cardsInScope: 3, emptiedAt };
    openPhone({ platform: 'android', leaseEndedBy: 'desk', leaseState: 'over', leaseEndsAt: inMarch, addressBook });

    expect(await screen.findByText(words)).toBeDefined();
  });

  test('a stopped account is renewed by its owner only, and an unusual length is shown as it is', async () => {
    openPhone({ leaseDays: 45, leaseEndedBy: 'desk', leaseState: 'running', leaseEndsAt: inMarch, isAccountStopped: true });

    expect(await screen.findByDisplayValue('After 45 days')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Ask for a renewal' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Renew it now' })).toBeNull();
  });
});

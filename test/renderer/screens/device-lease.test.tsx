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

describe('C20 the lease of an iPhone on the console', () => {
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

  test('an Android phone has none, and an unusual length is shown as it is', async () => {
    const { unmount } = openPhone({ platform: 'android' });
    await screen.findByText('Which contacts it gets');
    expect(screen.queryByText('Contacts leave the iPhone by themselves')).toBeNull();
    unmount();

    openPhone({ leaseDays: 45 });

    expect(await screen.findByDisplayValue('After 45 days')).toBeDefined();
  });
});

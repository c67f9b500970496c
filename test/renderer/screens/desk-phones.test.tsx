import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PbxSource } from '#server/pbx/pbx.contract.ts';
import { refusal } from '#test/support/fake-server.ts';
import { givenALayout, openConsole, type Answers } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

const reception: PbxSource = {
  id: 'source-1',
  name: 'Reception',
  kind: 'yealink',
  state: 'active',
  scope: { everyone: true, listIds: [], most: null },
  addresses: [],
  mostEntries: null,
  extensions: [],
  numbersInScope: 1400,
  firstUsedAt: null,
  lastUsedAt: null,
  lastIp: null,
  revokedAt: null,
  createdAt: '2026-03-02T09:00:00.000Z',
};

function openSystem(source: Partial<PbxSource> = {}, answers: Answers = {}) {
  return openConsole('/desk-phones/source-1', {
    'GET /pbx/sources/source-1': { ...reception, ...source },
    'GET /pbx/sources/source-1/requests': { items: [] },
    ...answers,
  });
}

const field = 'Entries in its phone book, at most';

describe('C25 a desk phone on the console', () => {
  test('takes as many entries as its maker’s telephones do, until somebody says otherwise', async () => {
    const { asked } = openSystem({}, { 'PATCH /pbx/sources/source-1': { ...reception, mostEntries: 300 } });

    expect((await screen.findByLabelText<HTMLInputElement>(field)).value).toBe('');
    fireEvent.change(screen.getByLabelText(field), { target: { value: '300' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));

    await waitFor(() => expect(asked('PATCH /pbx/sources/source-1')[0]?.body).toMatchObject({ mostEntries: 300 }));
    expect((await screen.findByLabelText<HTMLInputElement>(field)).value).toBe('300');
  });

  test('a number that is refused is said at its field', async () => {
    const why = 'Write a whole number of entries, 10,000 at most.';
    openSystem({}, { 'PATCH /pbx/sources/source-1': refusal(400, 'Something is missing.', [{ path: 'mostEntries', message: why }]) });

    fireEvent.change(await screen.findByLabelText(field), { target: { value: '9999' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findAllByText(why)).not.toHaveLength(0);
  });

  test('a telephone system has no phone book to limit', async () => {
    openSystem({ kind: '3cx' });

    await screen.findByLabelText('What to call it');
    expect(screen.queryByLabelText(field)).toBeNull();
  });

  test('that is a FRITZ!Box has its phone book as a file, and neither a door without encryption nor extensions to ask for', async () => {
    const { asked } = openSystem({ kind: 'fritzbox' }, { 'GET /pbx/sources/source-1/phone-book': {} });

    fireEvent.click(await screen.findByRole('button', { name: 'Save the phone book' }));
    await waitFor(() => expect(asked('GET /pbx/sources/source-1/phone-book')).toHaveLength(1));
    expect(screen.queryByText('Also serve phone books without encryption')).toBeNull();
    expect(screen.queryByRole('button', { name: /extension/iu })).toBeNull();
    expect(screen.getByText(/about two thousand/u)).not.toBeNull();
  });
});

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

describe('C25 many systems', () => {
  const systems = Array.from({ length: 30 }, (_, at): PbxSource => ({
    ...reception,
    id: `source-${at}`,
    name: at === 7 ? 'Łódź workshop' : `Desk ${at}`,
    kind: at === 3 ? 'asterisk' : 'yealink',
    ...(at === 7 ? { lastUsedAt: '2026-03-02T09:00:00.000Z', lastIp: '10.0.0.7' } : {}),
    ...(at === 9 ? { state: 'revoked' } : {}),
  }));
  const rows = () =>
    screen
      .queryAllByRole('row')
      .slice(1)
      .map((row) => row.textContent);

  test('are found by name, kind or address, and by their state', async () => {
    const { router } = openConsole('/desk-phones', { 'GET /pbx/sources': { items: systems } });
    expect(await screen.findByText('30 systems')).not.toBeNull();

    for (const [typed, found] of [
      ['lodz', 'Łódź workshop'],
      ['freepbx', 'Desk 3'],
      ['10.0.0.7', 'Łódź workshop'],
    ] as const) {
      fireEvent.change(screen.getByRole('searchbox'), { target: { value: typed } });
      await waitFor(() => expect(rows()).toEqual([expect.stringContaining(found)]));
    }
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nobody' } });
    fireEvent.click(await screen.findByRole('link', { name: 'Show all again' }));
    expect(await screen.findByText('30 systems')).not.toBeNull();

    for (const [state, count] of [
      ['In use', '1 system'],
      ['Not heard of', '28 systems'],
      ['Revoked', '1 system'],
    ] as const) {
      fireEvent.click(screen.getByRole('radio', { name: state }));
      expect(await screen.findByText(count)).not.toBeNull();
    }
    expect(router.state.location.search).toEqual({ state: 'revoked' });
  });

  test('are phones to the rail, and a few of them need no search', async () => {
    openConsole('/desk-phones', { 'GET /pbx/sources': { items: systems.slice(0, 3) } });
    expect(await screen.findByText('Desk 2')).not.toBeNull();
    expect(screen.queryByRole('searchbox')).toBeNull();
    expect(screen.getByRole('link', { name: 'Phones' }).getAttribute('aria-current')).toBe('page');
  });
});

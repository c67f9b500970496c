import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { refusal } from '#test/support/fake-server.ts';
import { givenALayout, openConsole, type Answers } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

const change = (field: string, from: string | null, to: string | null) => ({ field, from, to, display: { from, to } });
const phone = { id: 'device-1', name: 'Anna’s iPhone', agentName: 'Anna Nowak' };
const renamed = {
  id: 'edit-1',
  at: '2026-03-02T09:00:00.000Z',
  phone,
  contact: { id: 'contact-1', name: 'Jan Kowalski' },
  company: null,
  changes: [
    change('lastName', 'Kowalski', 'Lis'),
    { ...change('mobile', null, '+48601100201'), display: { from: null, to: '601 100 201' } },
    { ...change('number', '+48600100200', null), display: { from: '600 100 200', to: null } },
  ],
};
const made = { ...renamed, id: 'edit-2', contact: null, changes: [change('firstName', null, 'Ewa'), change('lastName', null, 'Wrona')] };

function openEdits(answers: Answers = {}) {
  return openConsole('/people/suggested-edits', { 'GET /suggested-edits': { items: [renamed, made], nextCursor: null, total: 2 }, ...answers });
}

describe('C29: edits suggested by phones', () => {
  test('say whose they are, what would be different, and from which phone', async () => {
    openEdits();

    const row = within(await screen.findByRole('article', { name: 'Edit of Jan Kowalski' }));
    expect(row.getByRole('link', { name: 'Jan Kowalski' })).toBeDefined();
    for (const shown of ['Kowalski', 'Lis', '601 100 201', '600 100 200', 'Anna Nowak', 'Anna’s iPhone']) expect(row.getAllByText(shown)).not.toHaveLength(0);
    const fresh = within(screen.getByRole('article', { name: 'Edit of Ewa Wrona' }));
    expect(fresh.getByText('New contact')).toBeDefined();
    expect(fresh.queryByText('First name')).toBeNull();
  });

  test('of a company lead to it, and call its name what it is', async () => {
    const ofCompany = { ...renamed, id: 'edit-3', contact: null, company: { id: 'company-1', name: 'ACME' }, changes: [change('company', 'ACME', 'Apex')] };
    openEdits({ 'GET /suggested-edits': { items: [ofCompany], nextCursor: null, total: 1 } });

    const row = within(await screen.findByRole('article', { name: 'Edit of ACME' }));
    expect(row.getByRole('link', { name: 'ACME' }).getAttribute('href')).toContain('/people/companies/company-1');
    expect(row.getByText('Name')).toBeDefined();
    expect(row.getByRole('button', { name: 'Accept' })).toBeDefined();
    expect(row.queryByText('New contact')).toBeNull();
  });

  test('are taken over or left with one click', async () => {
    const { asked } = openEdits({
      'POST /suggested-edits/edit-1/accept': { contactId: 'contact-1', companyId: null },
      'POST /suggested-edits/edit-2/dismiss': new Response(null, { status: 204 }),
    });

    fireEvent.click(await screen.findByRole('button', { name: 'Accept' }));
    await waitFor(() => expect(asked('POST /suggested-edits/edit-1/accept')).toHaveLength(1));
    expect(await screen.findByText('Jan Kowalski was changed')).toBeDefined();
    fireEvent.click(within(screen.getByRole('article', { name: 'Edit of Ewa Wrona' })).getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(asked('POST /suggested-edits/edit-2/dismiss')).toHaveLength(1));
  });

  test('say why one can’t be accepted', async () => {
    openEdits({ 'POST /suggested-edits/edit-1/accept': refusal(409, 'Another contact has this address.') });

    fireEvent.click(await screen.findByRole('button', { name: 'Accept' }));

    expect((await screen.findByRole('alert')).textContent).toBe('Another contact has this address.');
  });

  test('that are none leave the screen saying so; that can’t be read, too', async () => {
    const first = openConsole('/people/suggested-edits', { 'GET /suggested-edits': { items: [], nextCursor: null, total: 0 } });
    expect(await screen.findByText('Nothing to decide')).toBeDefined();
    first.unmount();

    openEdits({ 'GET /suggested-edits': refusal(500, 'Nothing was changed.') });
    expect(await screen.findByText('The suggested edits could not be read')).toBeDefined();
  });
});

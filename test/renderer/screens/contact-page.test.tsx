import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { refusal } from '#test/support/fake-server.ts';
import { aContact, aNumber } from '#test/support/console-builders.ts';
import { givenALayout, openConsole, type Answers } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

function openContact(answers: Answers = {}) {
  return openConsole('/people/contact-1', { 'GET /contacts/contact-1': aContact(), ...answers });
}

async function edit(shown: string, label: string, text: string): Promise<HTMLElement> {
  fireEvent.click(await screen.findByRole('button', { name: shown }));
  const field = screen.getByRole('textbox', { name: label });
  fireEvent.change(field, { target: { value: text } });
  return field;
}

describe('a contact’s page', () => {
  test('saves one field when Enter is pressed on it', async () => {
    const { asked } = openContact({ 'PATCH /contacts/contact-1': aContact({ jobTitle: 'Head of lab' }) });

    fireEvent.keyDown(await edit('Job title: Add a job title', 'Job title', 'Head of lab'), { key: 'Enter' });

    await waitFor(() => expect(asked('PATCH /contacts/contact-1')).toMatchObject([{ body: { jobTitle: 'Head of lab' } }]));
    expect(await screen.findByRole('button', { name: 'Job title: Head of lab. Edit' })).toBeDefined();
  });

  test('keeps what was typed open and says at the field what is wrong with it', async () => {
    openContact({ 'PATCH /contacts/contact-1': refusal(400, 'email: Refused', [{ path: 'email', message: 'Another contact has this address.' }]) });

    fireEvent.keyDown(await edit('E-mail: marta@hartmann.lan. Edit', 'E-mail', 'jonas@hartmann.lan'), { key: 'Enter' });

    expect(await screen.findByText('Another contact has this address.')).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'E-mail' }).value).toBe('jonas@hartmann.lan');
  });

  test('takes a change back on Escape without asking the server', async () => {
    const { asked } = openContact();

    fireEvent.keyDown(await edit('First name: Marta. Edit', 'First name', 'Anna'), { key: 'Escape' });

    expect(screen.getByRole('button', { name: 'First name: Marta. Edit' })).toBeDefined();
    expect(asked('PATCH /contacts/contact-1')).toEqual([]);
  });

  test('shows what was understood of a number, and mends one that can’t be read with a click', async () => {
    const broken = aNumber({
      id: 7,
      field: 'phone',
      raw: '48 22 12O 45 67',
      kind: 'unreadable',
      e164: null,
      problem: 'letters-for-digits',
      suggestion: '+48221204567',
    });
    const { asked } = openContact({
      'GET /contacts/contact-1': aContact({ numbers: [aNumber(), broken] }),
      'POST /numbers/7/fix': aNumber({ id: 8, field: 'phone', raw: '+48221204567', e164: '+48221204567', display: '22 120 45 67' }),
    });

    expect(await screen.findByText('601 234 567')).toBeDefined();
    expect(screen.getByText('There are letters where digits should be.')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: /^Use/u }));

    await waitFor(() => expect(asked('POST /numbers/7/fix')).toMatchObject([{ body: { raw: '+48221204567' } }]));
  });

  test('hands out the invitation link once it is made, and names why somebody can’t be invited', async () => {
    const invited = {
      memberId: 'm',
      contactId: 'contact-1',
      name: 'Marta',
      email: 'marta@hartmann.lan',
      link: 'https://desk.lan/support/join#t=1',
      expiresAt: '2026-11-30T08:00:00.000Z',
    };
    const { asked } = openContact({
      'POST /members/invitations': ({ body }) =>
        (body as { sendMail: boolean }).sendMail
          ? { invited: [], skipped: [{ contactId: 'contact-1', name: 'Marta', reason: 'Another member signs in with this address.' }] }
          : { invited: [invited], skipped: [] },
      'GET /contacts/contact-1': () => aContact({ member: asked('POST /members/invitations').length > 1 ? { id: 'm', state: 'invited' } : null }),
    });

    fireEvent.click(await screen.findByRole('button', { name: 'Invite by mail' }));
    expect(await screen.findByText('Another member signs in with this address.')).toBeDefined();

    fireEvent.click(screen.getByRole('button', { name: 'Make a link instead' }));
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Link' })).value).toBe(invited.link);
  });

  test('is removed only after its name was typed', async () => {
    const { asked, router } = openContact({ 'DELETE /contacts/contact-1': new Response(null, { status: 204 }) });

    fireEvent.click(await screen.findByRole('button', { name: 'More to do with this contact' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove the contact' }));
    const name = await screen.findByLabelText(/to go on/u);
    const confirm = screen.getByRole<HTMLButtonElement>('button', { name: 'Remove' });
    expect(confirm.disabled).toBe(true);

    fireEvent.change(name, { target: { value: 'Marta Zielińska' } });
    fireEvent.click(confirm);

    await waitFor(() => expect(asked('DELETE /contacts/contact-1')).toHaveLength(1));
    await waitFor(() => expect(router.state.location.pathname).toBe('/people'));
  });
});

import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { refusal } from '#test/support/fake-server.ts';
import { aTicket, support } from '#test/support/console-builders.ts';
import { givenALayout, openConsole, type Answers } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

const sent = {
  id: 'm1',
  threadId: 't1',
  direction: 'out',
  author: { kind: 'agent', id: 'owner', name: 'Tom' },
  text: 'Hello',
  channel: 'portal',
  createdAt: '2026-11-23T08:00:00.000Z',
  attachments: [],
};

function openTicket(answers: Answers = {}) {
  return openConsole('/desk/ticket-1', {
    'GET /tickets': { items: [aTicket(), aTicket({ id: 'ticket-2', number: 2480, subject: 'Access card' })], nextCursor: null },
    'GET /tickets/ticket-1': aTicket(),
    'GET /tickets/ticket-2': aTicket({ id: 'ticket-2', number: 2480, subject: 'Access card' }),
    'GET /pipelines': { items: [support], nextCursor: null },
    'POST /tickets/ticket-1/messages': sent,
    ...answers,
  });
}

async function write(field: string, text: string): Promise<HTMLElement> {
  const box = await screen.findByLabelText(field);
  await waitFor(() => expect((box as HTMLTextAreaElement).disabled).toBe(false));
  fireEvent.change(box, { target: { value: text } });
  return box;
}

const reply = 'Reply to the customer';

describe('answering on the desk', () => {
  test('Ctrl and Enter send the reply and leave the field empty', async () => {
    const { asked } = openTicket();
    const box = await write(reply, 'Have you changed the ribbon?');

    fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });

    await waitFor(() =>
      expect(asked('POST /tickets/ticket-1/messages')).toMatchObject([{ body: { text: 'Have you changed the ribbon?', attachmentIds: [] } }]),
    );
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>(reply).value).toBe(''));
  });

  test('a note goes to the notes and never to the customer', async () => {
    const { asked } = openTicket({
      'POST /tickets/ticket-1/notes': { id: 'n1', kind: 'comment', author: { id: 'owner', name: 'Tom' }, text: 'x', createdAt: sent.createdAt },
    });
    await screen.findByLabelText(reply);

    fireEvent.click(screen.getByRole('tab', { name: 'Note' }));
    fireEvent.keyDown(await write('Note, only the team sees it', 'Ribbons are in cabinet 4.'), { key: 'Enter', ctrlKey: true });

    await waitFor(() => expect(asked('POST /tickets/ticket-1/notes')).toMatchObject([{ body: { text: 'Ribbons are in cabinet 4.' } }]));
    expect(asked('POST /tickets/ticket-1/messages')).toEqual([]);
  });

  test('a reply that was not sent stays in the field, says why, and is tried again as the same message', async () => {
    let attempts = 0;
    const { asked } = openTicket({
      'POST /tickets/ticket-1/messages': () => {
        attempts += 1;
        return attempts === 1 ? refusal(503, 'The disk is full. Free some space, then send again.') : sent;
      },
    });
    const box = await write(reply, 'Have you changed the ribbon?');

    fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
    expect(await screen.findByText('The disk is full. Free some space, then send again.')).toBeDefined();
    expect(screen.getByLabelText<HTMLTextAreaElement>(reply).value).toBe('Have you changed the ribbon?');

    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(asked('POST /tickets/ticket-1/messages')).toHaveLength(2));
    const [first, second] = asked('POST /tickets/ticket-1/messages').map(({ headers }) => headers.get('idempotency-key'));
    expect(first).toBeTruthy();
    expect(second).toBe(first);
  });

  test('what is typed stays with its ticket', async () => {
    const { router } = openTicket();
    await write(reply, 'Half a sentence');

    await router.navigate({ to: '/desk/$ticketId', params: { ticketId: 'ticket-2' } });
    await screen.findByRole('heading', { name: 'Access card' });
    expect(screen.getByLabelText<HTMLTextAreaElement>(reply).value).toBe('');

    await router.navigate({ to: '/desk/$ticketId', params: { ticketId: 'ticket-1' } });
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>(reply).value).toBe('Half a sentence'));
  });

  test('closing moves the ticket to the closed stage, and Undo moves it back', async () => {
    const closed = aTicket({ isOpen: false, stage: { id: 'stage-2', name: 'Closed' } });
    const { asked } = openTicket({ 'PATCH /tickets/ticket-1': ({ body }) => ((body as { stageId: string }).stageId === 'stage-2' ? closed : aTicket()) });
    const close = await screen.findByRole<HTMLButtonElement>('button', { name: 'Close' });
    await waitFor(() => expect(close.disabled).toBe(false));

    fireEvent.keyDown(document.body, { key: 'e' });
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));

    await waitFor(() => expect(asked('PATCH /tickets/ticket-1').map(({ body }) => body)).toEqual([{ stageId: 'stage-2' }, { stageId: 'stage-1' }]));
  });

  test('j goes to the next ticket of the list', async () => {
    const { router } = openTicket();
    await screen.findByLabelText(reply);

    fireEvent.keyDown(document.body, { key: 'j' });

    await waitFor(() => expect(router.state.location.pathname).toBe('/desk/ticket-2'));
  });

  test('an imported ticket that customers don’t see says so and can be released', async () => {
    const { asked } = openTicket({ 'GET /tickets/ticket-1': aTicket({ isReleased: false }), 'PATCH /tickets/ticket-1': aTicket() });

    fireEvent.click(await screen.findByRole('button', { name: 'Show it on the portal' }));

    await waitFor(() => expect(asked('PATCH /tickets/ticket-1')).toMatchObject([{ body: { isReleased: true } }]));
  });
});

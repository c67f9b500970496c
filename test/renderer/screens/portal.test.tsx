import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { inBatches } from '#renderer/console/screens/portal/invitations.ts';
import { draftOf, inputOf, withMoved } from '#renderer/console/screens/portal/pipeline-draft.ts';
import { refusal } from '#test/support/fake-server.ts';
import { support } from '#test/support/console-builders.ts';
import { givenALayout, openConsole } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

describe('the pipelines', () => {
  const pipelines = { 'GET /pipelines': { items: [support], nextCursor: null } };

  test('keep the ids of their stages, so that tickets stay where they are', async () => {
    const { asked } = openConsole('/portal/pipelines', { ...pipelines, 'PUT /pipelines/pipeline-1': support });

    const [first] = await screen.findAllByLabelText('Name of the stage');
    fireEvent.change(first as HTMLElement, { target: { value: 'Arrived' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));

    await waitFor(() =>
      expect(asked('PUT /pipelines/pipeline-1')).toMatchObject([
        {
          body: {
            name: 'Support',
            stages: [
              { id: 'stage-1', name: 'Arrived' },
              { id: 'stage-2', name: 'Closed' },
            ],
          },
        },
      ]),
    );
  });

  test('show at the stage why it can’t be removed', async () => {
    openConsole('/portal/pipelines', {
      ...pipelines,
      'PUT /pipelines/pipeline-1': refusal(400, 'x', [{ path: 'stages.1.name', message: 'Two stages have this name.' }]),
    });

    const fields = await screen.findAllByLabelText('Name of the stage');
    fireEvent.change(fields[1] as HTMLElement, { target: { value: 'New' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText('Two stages have this name.')).toBeDefined();
  });

  test('move a stage by one place and stop at the ends', () => {
    const { stages } = draftOf({ ...support, stages: [...support.stages] });

    expect(withMoved(stages, 0, 1).map((stage) => stage.name)).toEqual(['Closed', 'New']);
    expect(withMoved(stages, 0, -1)).toBe(stages);
  });

  test('send no public name that nobody wrote', () => {
    const draft = { name: 'Support', stages: [{ key: 'a', name: 'New', isOpen: true, publicName: { en: '  ', pl: '' }, turn: null }] };

    expect(inputOf(draft).stages[0]).toEqual({ name: 'New', isOpen: true, publicName: null, turn: null });
  });
});

describe('inviting customers', () => {
  test('a whole list is invited in pieces, and whoever was left out is named with the reason', async () => {
    const contacts = Array.from({ length: 150 }, (_, index) => ({
      id: `c${index}`,
      firstName: '',
      lastName: '',
      displayName: `Person ${index}`,
      email: null,
      company: null,
      lastActivityAt: '2026-11-23T08:00:00.000Z',
      primaryNumber: null,
    }));
    const { asked } = openConsole('/portal/members', {
      'GET /lists': {
        items: [{ id: 'list-1', name: 'Tenants', kind: 'static', filter: null, memberCount: 150, isUpdating: false, createdAt: '2026-11-23T08:00:00.000Z' }],
        nextCursor: null,
      },
      'GET /contacts': { items: contacts, nextCursor: null },
      'POST /members/invitations': ({ body }) => ({
        invited: [],
        skipped: [{ contactId: (body as { contactIds: string[] }).contactIds[0], name: 'Person', reason: 'Has no e-mail address.' }],
      }),
    });

    const [invite] = await screen.findAllByRole('button', { name: 'Invite customers' });
    fireEvent.click(invite as HTMLElement);
    const drawer = await screen.findByRole('dialog');
    fireEvent.click(within(drawer).getByLabelText('Everybody on a list'));
    fireEvent.click(await within(drawer).findByLabelText('List'));
    fireEvent.click(await screen.findByRole('option', { name: 'Tenants (150)', hidden: true }));
    fireEvent.click(within(drawer).getByRole('button', { name: 'Invite' }));

    expect(await screen.findAllByText('Has no e-mail address.')).toHaveLength(2);
    expect(asked('POST /members/invitations').map(({ body }) => (body as { contactIds: string[] }).contactIds.length)).toEqual([100, 50]);
  });

  test('nobody is asked for twice and nobody is forgotten', () => {
    expect(inBatches(Array.from({ length: 201 }, (_, index) => index)).map((batch) => batch.length)).toEqual([100, 100, 1]);
    expect(inBatches([])).toEqual([]);
  });
});

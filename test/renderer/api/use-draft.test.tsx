import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { useDraft } from '#renderer/api/use-draft.ts';
import { fakeServer, givenKey, type FakeRequest } from '#test/support/fake-server.ts';

const Note = z.object({ text: z.string() });

function openForm(kept: object | null) {
  givenKey();
  const requests = fakeServer(({ method }) => (method === 'GET' ? { body: kept, updatedAt: null } : new Response(null, { status: 204 })));
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
  const form = renderHook(() => useDraft({ place: 'note.1', schema: Note, empty: { text: '' }, isEmpty: ({ text }) => text === '' }), { wrapper });
  const writes = (): readonly FakeRequest[] => requests.filter(({ method }) => method !== 'GET');
  return { form, writes };
}

describe('what is typed', () => {
  test('is there at once, so that the text cursor stays where it is', async () => {
    const { form } = openForm({ text: 'Hello' });
    await waitFor(() => expect(form.result.current.body.text).toBe('Hello'));

    act(() => form.result.current.edit({ text: 'Hello Anna' }));

    expect(form.result.current.body.text).toBe('Hello Anna');
  });

  test('is saved once for a burst of typing', async () => {
    const { form, writes } = openForm(null);
    await waitFor(() => expect(form.result.current.isReady).toBe(true));

    for (const text of ['H', 'He', 'Hel']) act(() => form.result.current.edit({ text }));

    await waitFor(() => expect(writes()).toHaveLength(1), { timeout: 3000 });
    expect(writes()[0]).toMatchObject({ method: 'PUT', path: '/admin/v1/drafts/note.1', body: { body: { text: 'Hel' } } });
  });

  test('is saved when one leaves before the pause is over, even by closing the page', async () => {
    const { form, writes } = openForm(null);
    await waitFor(() => expect(form.result.current.isReady).toBe(true));

    act(() => form.result.current.edit({ text: 'Leaving' }));
    form.unmount();

    await waitFor(() => expect(writes()).toMatchObject([{ keepalive: true, body: { body: { text: 'Leaving' } } }]));
  });

  test('is forgotten once it was sent', async () => {
    const { form, writes } = openForm({ text: 'Hello' });
    await waitFor(() => expect(form.result.current.body.text).toBe('Hello'));

    act(() => form.result.current.clear());

    expect(form.result.current.body.text).toBe('');
    await waitFor(() => expect(writes()[0]).toMatchObject({ method: 'DELETE', path: '/admin/v1/drafts/note.1' }));
  });

  test('in an older shape is let go', async () => {
    const { form } = openForm({ words: ['Hello'] });

    await waitFor(() => expect(form.result.current.isReady).toBe(true));
    expect(form.result.current.body.text).toBe('');
  });
});

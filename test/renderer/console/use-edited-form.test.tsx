import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ApiProblem } from '#renderer/api/problem.ts';
import { editsOf, useEditedForm } from '#renderer/console/use-edited-form.ts';
import { fakeServer, givenKey } from '#test/support/fake-server.ts';

const Company = z.object({ name: z.string().default(''), country: z.string().default('PL') });
const rules = z.object({ name: z.string().min(1, 'Write a name.'), country: z.string().length(2, 'Choose a country.') });
type Company = z.infer<typeof Company>;

function openForm(options: { kept?: object; save?: (company: Company) => Promise<Company> } = {}) {
  givenKey();
  fakeServer(({ method }) => (method === 'GET' ? { body: options.kept ?? null, updatedAt: null } : new Response(null, { status: 204 })));
  const queries = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
  const save = vi.fn<(company: Company) => Promise<Company>>(options.save ?? ((company) => Promise.resolve(company)));
  const stored: Company = { name: '', country: 'DE' };
  const form = renderHook(() => useEditedForm({ place: 'company', stored, fields: Company, rules, save }), { wrapper });
  const current = () => {
    if (form.result.current === undefined) throw new Error('The form is not there yet.');
    return form.result.current;
  };
  return { form, current, save };
}

describe('a form over something stored', () => {
  test('a kept draft changes only what was typed, never back to a default', async () => {
    const { form, current } = openForm({ kept: { name: 'Hartmann' } });

    await waitFor(() => expect(form.result.current).toBeDefined());

    expect(current().value).toEqual({ name: 'Hartmann', country: 'DE' });
    expect(editsOf(Company).parse({ name: 'Hartmann' })).toEqual({ name: 'Hartmann' });
  });

  test('what is wrong shows once one has typed there, and everything once one tried to save', async () => {
    const { form, current, save } = openForm();
    await waitFor(() => expect(form.result.current).toBeDefined());
    expect(current().problems).toEqual({});

    act(() => current().edit({ country: 'Germany' }));
    expect(current().problems).toEqual({ country: 'Choose a country.' });

    act(() => current().save());
    expect(current().problems).toEqual({ country: 'Choose a country.', name: 'Write a name.' });
    expect(save).not.toHaveBeenCalled();
  });

  test('what the server finds wrong stands at its field until one types there', async () => {
    const problem = new ApiProblem({
      type: 'about:blank',
      title: 'Refused',
      status: 400,
      detail: 'name: Taken.',
      instance: 'r',
      code: 'invalid-input',
      errors: [{ path: 'name', message: 'Taken.' }],
    });
    const { form, current } = openForm({ save: () => Promise.reject(problem) });
    await waitFor(() => expect(form.result.current).toBeDefined());
    act(() => current().edit({ name: 'Hartmann' }));

    act(() => current().save());
    await waitFor(() => expect(current().problems).toEqual({ name: 'Taken.' }));

    act(() => current().edit({ name: 'Hartmann Optik' }));
    await waitFor(() => expect(current().problems).toEqual({}));
  });

  test('discarding goes back to what is stored', async () => {
    const { form, current } = openForm();
    await waitFor(() => expect(form.result.current).toBeDefined());
    act(() => current().edit({ name: 'Hartmann' }));
    expect(current().isChanged).toBe(true);

    act(() => current().discard());

    expect(current().value).toEqual({ name: '', country: 'DE' });
    expect(current().isChanged).toBe(false);
  });
});

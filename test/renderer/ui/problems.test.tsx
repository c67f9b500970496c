import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { ApiProblem } from '#renderer/api/problem.ts';
import { TextField } from '#renderer/ui/fields.tsx';
import { Loaded } from '#renderer/ui/loaded.tsx';
import { ProblemSummary } from '#renderer/ui/problem-summary.tsx';

function draw(element: ReactElement) {
  return render(<MantineProvider env="test">{element}</MantineProvider>);
}

function problem(errors?: { path: string; message: string }[]): ApiProblem {
  return new ApiProblem({
    type: 'about:blank',
    title: 'Refused',
    status: errors === undefined ? 500 : 400,
    detail: 'Nothing was changed. Try again.',
    instance: 'req-9',
    code: 'refused',
    ...(errors === undefined ? {} : { errors }),
  });
}

describe('what went wrong', () => {
  test('stands at the field it is about, tied to it for screen readers', () => {
    draw(<TextField label="Name" value="" problem="Write a name." onChange={() => undefined} />);

    const field = screen.getByLabelText('Name');

    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.querySelector(`#${CSS.escape(field.getAttribute('aria-describedby')?.split(' ')[0] ?? '')}`)?.textContent).toBe('Write a name.');
  });

  test('of a form names the fields and lists what belongs to none of them', () => {
    draw(
      <ProblemSummary
        title="The contact was not saved"
        labels={{ email: 'E-mail' }}
        error={problem([
          { path: 'email', message: 'Write an e-mail address.' },
          { path: 'properties.vip', message: 'There is no such choice.' },
        ])}
      />,
    );

    const summary = screen.getByRole('alert').textContent;

    expect(summary).toContain('The contact was not saved');
    expect(summary).toContain('“E-mail”');
    expect(summary).not.toContain('Write an e-mail address.');
    expect(summary).toContain('properties.vip: There is no such choice.');
  });

  test('without a field says the server’s sentence and offers the details to support', () => {
    draw(<ProblemSummary title="Nothing was saved" error={problem()} />);

    expect(screen.getByRole('alert').textContent).toContain('Nothing was changed. Try again.');
    expect(screen.getByRole('button', { name: 'Copy details' })).toBeDefined();
  });

  test('with reading a screen offers to try again', () => {
    const refetch = vi.fn<() => void>();
    draw(
      <Loaded query={{ data: undefined, error: problem(), refetch }} failed="The phones could not be read" skeleton={<p>loading</p>}>
        {() => <p>phones</p>}
      </Loaded>,
    );

    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(screen.getByRole('alert').textContent).toContain('The phones could not be read');
    expect(refetch).toHaveBeenCalledOnce();
  });

  test('with reading again leaves what was read before on screen', () => {
    draw(
      <Loaded query={{ data: ['Anna’s iPhone'], error: problem(), refetch: () => undefined }} failed="The phones could not be read" skeleton={<p>loading</p>}>
        {(phones) => <p>{phones.join()}</p>}
      </Loaded>,
    );

    expect(screen.getByText('Anna’s iPhone')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

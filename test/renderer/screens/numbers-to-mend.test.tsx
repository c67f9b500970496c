import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { refusal } from '#test/support/fake-server.ts';
import { aNumber } from '#test/support/console-builders.ts';
import { givenALayout, openConsole, type Answers } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

const broken = aNumber({ id: 7, raw: '48 22 12O 45 67', kind: 'unreadable', e164: null, suggestion: '+48221204567' });
const mended = aNumber({ id: 8, raw: '+48221204567', e164: '+48221204567' });

function openNumbers(answers: Answers = {}) {
  const problem = {
    number: broken,
    owner: { kind: 'contact', id: 'contact-1', name: 'Marta Zielińska' },
    explanation: 'A letter stands where a digit should.',
  };
  return openConsole('/people/numbers', { 'GET /numbers/problems': { items: [problem], nextCursor: null, total: 1 }, ...answers });
}

describe('a number that can’t be read', () => {
  test('is mended with one click, and brought back by Undo', async () => {
    const { asked } = openNumbers({ 'POST /numbers/7/fix': mended, 'POST /numbers/8/fix': broken });

    fireEvent.click(await screen.findByRole('button', { name: /^Use/u }));
    await waitFor(() => expect(asked('POST /numbers/7/fix')).toMatchObject([{ body: { raw: '+48221204567' } }]));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));

    await waitFor(() => expect(asked('POST /numbers/8/fix')).toMatchObject([{ body: { raw: '48 22 12O 45 67' } }]));
  });

  test('can be typed anew; what is still wrong with it stands at the field', async () => {
    openNumbers({ 'POST /numbers/7/fix': refusal(400, 'raw: Refused', [{ path: 'raw', message: 'Write the number, for example +48 22 123 45 67.' }]) });

    fireEvent.click(await screen.findByRole('button', { name: 'Other' }));
    fireEvent.change(screen.getByLabelText('The right number instead of 48 22 12O 45 67'), { target: { value: 'ask Marta' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText('Write the number, for example +48 22 123 45 67.')).toBeDefined();
  });

  test('that was typed anew and still can’t be read says so', async () => {
    openNumbers({ 'POST /numbers/7/fix': { ...broken, problem: 'too-short' } });

    fireEvent.click(await screen.findByRole('button', { name: 'Other' }));
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText('It has too few digits. The area code may be missing.')).toBeDefined();
  });
});

describe('numbers that can all be read', () => {
  test('leave the screen saying so', async () => {
    openConsole('/people/numbers', { 'GET /numbers/problems': { items: [], nextCursor: null, total: 0 } });

    expect(await screen.findByText('Every number can ring a name')).toBeDefined();
  });
});

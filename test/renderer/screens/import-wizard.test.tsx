import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { doubledTargets } from '#renderer/console/screens/imports/import-words.ts';
import { stepOf } from '#renderer/console/screens/imports/import-progress.ts';
import type { ImportBatch } from '#server/imports/imports.contract.ts';
import { aBatch } from '#test/support/console-builders.ts';
import { givenALayout, openConsole, type Answers } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

function openImport(batch: ImportBatch, answers: Answers = {}) {
  return openConsole('/imports/import-1', { 'GET /imports/import-1': batch, ...answers });
}

const checked = aBatch({
  state: 'checked',
  progress: {
    ...aBatch().progress,
    phase: 'dry-run',
    rowsDone: 2,
    created: 1,
    failed: 1,
    errors: [{ row: 3, column: 'Email', message: '“marta@” is no address.' }],
  },
});

describe('an import', () => {
  test('says what was recognised and checks with what was guessed', async () => {
    const { asked } = openImport(aBatch(), { 'POST /imports/import-1/dry-run': aBatch({ state: 'dry-running' }) });

    expect(await screen.findByText('HubSpot’s contacts')).toBeDefined();
    fireEvent.click(await screen.findByRole('button', { name: 'Check every row' }));

    const options = { object: 'contacts', mapping: { 'First Name': 'firstName', Email: 'email' }, defaultCountry: 'DE', onExisting: 'take-theirs' };
    await waitFor(() => expect(asked('POST /imports/import-1/dry-run')).toMatchObject([{ body: options }]));
    expect(await screen.findByText('Checking every row')).toBeDefined();
  });

  test('is not checked while two columns go to one field', async () => {
    const columns = aBatch().analysis.columns.map((column) => ({ ...column, target: 'email' }));
    openImport(aBatch({ analysis: { ...aBatch().analysis, columns } }));

    expect(await screen.findAllByText('Two columns go here')).toHaveLength(2);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Check every row' }).disabled).toBe(true);
  });

  test('shows what would happen, row by row where something is wrong, before it runs', async () => {
    const { asked } = openImport(checked, { 'POST /imports/import-1/run': aBatch({ state: 'running' }) });

    expect(await screen.findByText('“marta@” is no address.')).toBeDefined();
    expect(screen.getByText('Row 3')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Import 1 row' }));

    await waitFor(() => expect(asked('POST /imports/import-1/run')).toHaveLength(1));
  });

  test('of which nothing is new can’t be run', async () => {
    openImport({ ...checked, progress: { ...checked.progress, created: 0 } });

    expect((await screen.findByRole<HTMLButtonElement>('button', { name: 'Nothing to import' })).disabled).toBe(true);
  });

  test('can be cancelled while it runs', async () => {
    const { asked } = openImport(aBatch({ state: 'running' }), { 'POST /imports/import-1/cancel': aBatch({ state: 'cancelled' }) });

    fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));

    await waitFor(() => expect(asked('POST /imports/import-1/cancel')).toHaveLength(1));
  });

  test('can be taken back when it is done', async () => {
    const done = aBatch({ state: 'done', progress: { ...checked.progress, phase: 'import' } });
    const { asked } = openImport(done, { 'POST /imports/import-1/undo': aBatch({ state: 'undoing' }) });

    expect(await screen.findByText('1 contact is in.')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Take the import back' }));

    await waitFor(() => expect(asked('POST /imports/import-1/undo')).toHaveLength(1));
  });

  test.each([
    ['dry-run', 'check'],
    ['import', 'import'],
  ] as const)('that was cancelled during %s is found at its step “%s”', (phase, step) => {
    expect(stepOf(aBatch({ state: 'cancelled', progress: { ...aBatch().progress, phase } }))).toBe(step);
  });

  test('may leave out as many columns as one likes', () => {
    expect([...doubledTargets({ a: 'phone', b: 'phone', c: 'otherPhone', d: 'otherPhone' })]).toEqual([]);
    expect([...doubledTargets({ a: null, b: null, c: 'email', d: 'email', e: 'phone' })]).toEqual(['email']);
  });
});

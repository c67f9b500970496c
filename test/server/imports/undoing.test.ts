import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { cancelImport, errorFile, getImport, startRun, undoImport } from '#server/imports/imports.service.ts';
import { markInterrupted, workOn, workOnImports } from '#server/imports/work-imports.service.ts';
import { addAgent } from '#server/team/team.service.ts';
import { getContact, patchContact } from '#server/people/contacts.service.ts';
import { listProperties } from '#server/people/properties.service.ts';
import { ContactPatch } from '#server/people/people.contract.ts';
import { ensureTicketDefaults } from '#server/tickets/ticket-defaults.service.ts';
import { givenOpenTicket } from '#test/support/caller-builders.ts';
import { csv, errorFileOf, givenUploadedFile, imports, optionsFor, undoes } from '#test/support/import-builders.ts';
import { hubspotExport } from '#test/support/hubspot-export.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

const recordTables = [
  'contacts',
  'companies',
  'deals',
  'deal_contacts',
  'tickets',
  'internal_notes',
  'phone_numbers',
  'number_keys',
  'properties',
  'property_values',
  'external_ids',
  'import_links',
  'import_rows',
  'list_members',
  'engagements',
] as const;

async function everything(ctx: Context) {
  const all: Record<string, unknown> = {};
  for (const table of recordTables) {
    const rows: object[] = await ctx.db.selectFrom(table).selectAll().execute();
    // Restored numbers are new rows.
    all[table] = rows
      .map((row) => JSON.stringify({ ...row, ...(table === 'phone_numbers' ? { id: 0 } : {}), ...(table === 'number_keys' ? { number_id: 0 } : {}) }))
      .sort();
  }
  return all;
}

describe('undoing an import', () => {
  test('of any kind leaves the desk as it was', async () => {
    const ctx = await testContext();
    await ensureTicketDefaults(ctx);
    await givenCompany(ctx, { name: 'Zielone Tarasy', phone: '22 500 00 00' });
    await givenContact(ctx, { email: 'somebody@example.com', phone: '600100200' });
    const before = await everything(ctx);

    const batches = [
      await imports(ctx, csv(['Record ID', 'Company name', 'Phone Number', 'Floors'], ['900', 'Zielone Tarasy', '22 123 45 67', '5'], ['901', 'ACME', '', ''])),
      await imports(ctx, hubspotExport({ rows: 700 })),
      await imports(ctx, csv(['Record ID', 'First Name', 'Email', 'Phone Number', 'Dog'], ['x', 'Else', 'somebody@example.com', '601100200', 'Burek'])),
      await imports(ctx, csv(['Record ID', 'Deal Name', 'Amount', 'Associated Contact IDs', 'Associated Company IDs'], ['1', 'Roof', '12', '100001', '901'])),
      await imports(
        ctx,
        csv(['Ticket ID', 'Ticket name', 'Ticket description', 'Ticket status', 'Associated Contact IDs'], ['1', 'Lift', 'x', 'New', '100001']),
      ),
      await imports(ctx, csv(['Ticket ID', 'Ticket name', 'Ticket status'], ['1', 'Lift', 'Closed'])),
      await imports(ctx, csv(['Record ID', 'Deal Name', 'Amount'], ['1', 'Roof', '15'])),
    ];
    for (const batch of batches.reverse()) expect(await undoes(ctx, batch.id)).toMatchObject({ state: 'undone', progress: { failed: 0, errors: [] } });

    expect(await everything(ctx)).toEqual(before);
  });

  test('leaves a property that it made and somebody uses since', async () => {
    const ctx = await testContext();
    const other = await givenContact(ctx, { email: 'somebody@example.com' });
    const batch = await imports(ctx, csv(['First Name', 'Email', 'Dog', 'Cat'], ['Anna', 'anna@example.com', 'Burek', 'Mruczek']));
    await patchContact(ctx, other.id, ContactPatch.parse({ properties: { dog: 'Azor' } }));

    await undoes(ctx, batch.id);

    const properties = (await listProperties(ctx, 'contact')).filter((property) => !property.isBuiltIn);
    expect(properties.map((property) => property.label)).toEqual(['Dog']);
    expect((await getContact(ctx, other.id)).properties).toEqual({ dog: 'Azor' });
  });

  test('restores what it changed, field by field', async () => {
    const ctx = await testContext();
    const agent = await addAgent(ctx, { name: 'Ewa', email: null, role: 'agent' });
    const contact = await givenContact(ctx, { firstName: 'Anna', lastName: '', email: 'anna@example.com', phone: '600100200', mobile: '' });
    const before = await getContact(ctx, contact.id);
    const batch = await imports(
      ctx,
      csv(
        ['Email', 'First Name', 'Last Name', 'Phone Number', 'Mobile Phone Number', 'WhatsApp Phone Number', 'Company Name', 'Contact owner', 'Dog'],
        ['anna@example.com', 'Ania', 'Nowak', '601100200', '602100200', '603100200', 'ACME', 'Ewa', 'Burek'],
      ),
    );
    const changed = await getContact(ctx, contact.id);
    expect(changed.numbers.map((number) => number.e164)).toEqual(['+48601100200', '+48602100200', '+48603100200']);
    expect((await ctx.db.selectFrom('contacts').select('owner_agent_id').executeTakeFirst())?.owner_agent_id).toBe(agent.id);

    const undone = await undoes(ctx, batch.id);

    expect(undone.progress).toMatchObject({ created: 1, updated: 1, failed: 0 });
    const after = await getContact(ctx, contact.id);
    expect({ ...after, numbers: after.numbers.map((number) => number.raw) }).toEqual({ ...before, numbers: before.numbers.map((number) => number.raw) });
    expect((await ctx.db.selectFrom('contacts').select('owner_agent_id').executeTakeFirst())?.owner_agent_id).toBeNull();
  });

  test('leaves what was changed since, and says so', async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    const known = await givenContact(ctx, { firstName: 'Anna', lastName: 'A', email: 'anna@example.com' });
    const batch = await imports(
      ctx,
      csv(['Email', 'First Name', 'Last Name'], ['anna@example.com', 'Ania', 'B'], ['new@example.com', 'New', 'One'], ['edited@example.com', 'Edited', 'One']),
    );
    clock.advance(60_000);
    await patchContact(ctx, known.id, ContactPatch.parse({ firstName: 'Anusia' }));
    const edited = await ctx.db.selectFrom('contacts').select('id').where('email', '=', 'edited@example.com').executeTakeFirstOrThrow();
    await patchContact(ctx, edited.id, ContactPatch.parse({ jobTitle: 'Boss' }));

    const undone = await undoes(ctx, batch.id);

    expect(undone).toMatchObject({ state: 'undone', progress: { phase: 'undo', rowsDone: 3, rowsTotal: 3, created: 1, updated: 0, failed: 2 } });
    expect(undone.progress.errors.map((error) => error.message).sort()).toEqual([
      'Edited One was changed since the import and stays.',
      'The first name was changed since the import and stays.',
    ]);
    expect(await getContact(ctx, known.id)).toMatchObject({ firstName: 'Anusia', lastName: 'A' });
    expect(await errorFileOf(ctx, batch.id)).toContain('Edited One was changed since the import and stays.');
  });

  test('keeps contacts that somebody works with', async () => {
    const ctx = await testContext();
    const batch = await imports(ctx, csv(['First Name', 'Email', 'Company Name'], ['Anna', 'anna@example.com', 'ACME'], ['Jan', 'jan@example.com', '']));
    const anna = await ctx.db.selectFrom('contacts').select('id').where('first_name', '=', 'Anna').executeTakeFirstOrThrow();
    await givenOpenTicket(ctx, { contactId: anna.id });

    const undone = await undoes(ctx, batch.id);

    expect(undone.progress.errors.map((error) => error.message)).toEqual([
      'Anna stays because other records need it: tickets, calls, notes, deals, portal access or contacts.',
      'ACME stays because other records need it: tickets, calls, notes, deals, portal access or contacts.',
    ]);
    expect((await ctx.db.selectFrom('contacts').select('first_name').execute()).map((row) => row.first_name)).toEqual(['Anna']);
  });

  test('an undone file can be imported again', async () => {
    const ctx = await testContext();
    const batch = await imports(ctx, csv(['First Name', 'Email'], ['Anna', 'anna@example.com']));
    await undoes(ctx, batch.id);

    await startRun(ctx, batch.id, optionsFor(batch));
    await workOnImports(ctx);

    expect(await getImport(ctx, batch.id)).toMatchObject({ state: 'done', progress: { created: 1 } });
  });

  test('is refused where nothing was imported', async () => {
    const ctx = await testContext();
    const batch = await givenUploadedFile(ctx, csv(['First Name'], ['Anna']));

    await expect(undoImport(ctx, batch.id)).rejects.toThrow('This import has brought nothing in that could be undone.');
  });
});

describe('an import that does not come to its end', () => {
  test('can be cancelled; what is done stays, goes on when it is run again, and can be undone', async () => {
    const ctx = await testContext();
    const file = hubspotExport({ rows: 1600 });
    const batch = await givenUploadedFile(ctx, file);
    await startRun(ctx, batch.id, optionsFor(batch));
    let cancelled: Promise<unknown> | undefined;

    await workOn(ctx, batch.id, {
      onProgress: (progress) => {
        if (progress.rowsDone >= 1000) cancelled ??= cancelImport(ctx, batch.id);
      },
    });
    await cancelled;

    const half = await getImport(ctx, batch.id);
    expect(half).toMatchObject({ state: 'cancelled', progress: { rowsDone: 1000, rowsTotal: 1600 } });
    const count = async () => (await ctx.db.selectFrom('contacts').select('id').execute()).length;
    expect(await count()).toBe(half.progress.created);

    await startRun(ctx, batch.id, optionsFor(batch));
    await workOnImports(ctx);
    const whole = await getImport(ctx, batch.id);
    expect(whole).toMatchObject({ state: 'done', progress: { rowsDone: 1600, failed: 0 } });
    expect(await count()).toBe(whole.progress.created);

    await undoes(ctx, batch.id);
    expect(await count()).toBe(0);
  });

  test('goes on with the same choices only', async () => {
    const ctx = await testContext();
    const batch = await givenUploadedFile(ctx, hubspotExport({ rows: 600 }));
    await startRun(ctx, batch.id, optionsFor(batch));
    await workOn(ctx, batch.id, { onProgress: () => void cancelImport(ctx, batch.id).catch(() => undefined) });

    const attempt = startRun(ctx, batch.id, optionsFor(batch, { onExisting: 'keep-ours' }));

    await expect(attempt).rejects.toThrow('A part of this file is imported with other choices.');
  });

  test('is marked as failed once its process is silent, with what to do', async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    const batch = await givenUploadedFile(ctx, hubspotExport({ rows: 600 }));
    await startRun(ctx, batch.id, optionsFor(batch));
    await ctx.db.updateTable('import_batches').set({ lease_until: clock.now().toISOString(), reached_row: 500 }).execute();

    await markInterrupted(ctx);
    expect((await getImport(ctx, batch.id)).state).toBe('running');
    clock.advance(1000);
    await markInterrupted(ctx);

    expect(await getImport(ctx, batch.id)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/^The import stopped after .* Run it again to go on, or undo what was imported\.$/u),
    });
  });

  test('ends at a good place when the server ends', async () => {
    const ctx = await testContext();
    const batch = await givenUploadedFile(ctx, hubspotExport({ rows: 1600 }));
    await startRun(ctx, batch.id, optionsFor(batch));
    const stopping = new AbortController();

    await workOn(ctx, batch.id, { stopping: stopping.signal, onProgress: () => stopping.abort() });

    const stopped = await getImport(ctx, batch.id);
    expect(stopped).toMatchObject({ state: 'failed', progress: { rowsDone: 500 } });
    expect(stopped.problem).toContain('500 of 1,600 rows');
    await startRun(ctx, batch.id, optionsFor(batch));
    await workOnImports(ctx);
    expect(await getImport(ctx, batch.id)).toMatchObject({ state: 'done', problem: null, progress: { rowsDone: 1600 } });
  });

  test('says so when its file is gone', async () => {
    const ctx = await testContext();
    const batch = await givenUploadedFile(ctx, csv(['First Name'], ['Anna']));
    await ctx.db.updateTable('import_batches').set({ file_path: 'gone.csv' }).execute();
    await startRun(ctx, batch.id, optionsFor(batch));

    await workOnImports(ctx);

    expect(await getImport(ctx, batch.id)).toMatchObject({ state: 'failed', problem: expect.stringContaining('file') });
    let text = '';
    for await (const part of errorFile(ctx, batch.id)) text += part;
    expect(text.trim().split('\n')).toHaveLength(1);
  });

  test('two workers never do the same import', async () => {
    const ctx = await testContext();
    const batch = await givenUploadedFile(ctx, hubspotExport({ rows: 100 }));
    await startRun(ctx, batch.id, optionsFor(batch));

    const done = await Promise.all([workOn(ctx, batch.id), workOn(ctx, batch.id)]);

    expect(done.filter(Boolean)).toHaveLength(1);
    expect((await getImport(ctx, batch.id)).progress.rowsDone).toBe(100);
  });
});

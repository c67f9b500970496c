import { describe, expect, test } from 'vitest';
import { getImport, releaseImport } from '#server/imports/imports.service.ts';
import { workOnImports } from '#server/imports/work-imports.service.ts';
import type { Context } from '#server/kernel/context.ts';
import { addAgent } from '#server/team/team.service.ts';
import { listPipelines } from '#server/tickets/pipelines.service.ts';
import { ensureTicketDefaults } from '#server/tickets/ticket-defaults.service.ts';
import { getTicket } from '#server/tickets/tickets.service.ts';
import { csv, dryRuns, imports, undoes } from '#test/support/import-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';

const header = [
  'Ticket ID',
  'Ticket name',
  'Ticket description',
  'Pipeline',
  'Ticket status',
  'Priority',
  'Category',
  'Ticket owner',
  'Create date',
  'Close date',
  'Associated Contact',
];

async function desk(): Promise<Context> {
  const ctx = await testContext();
  await ensureTicketDefaults(ctx);
  return ctx;
}

async function rows(ctx: Context) {
  return ctx.db
    .selectFrom('tickets')
    .innerJoin('stages', 'stages.id', 'tickets.stage_id')
    .selectAll('tickets')
    .select('stages.name as stage')
    .orderBy('tickets.subject')
    .execute();
}

describe('importing tickets', () => {
  test('brings them in hidden, with their old dates, their people and their owner', async () => {
    const ctx = await desk();
    const agent = await addAgent(ctx, { name: 'Ewa Kot', email: null, role: 'agent' });
    const acme = await givenCompany(ctx, { name: 'ACME' });
    const anna = await givenContact(ctx, { email: 'anna@example.com', companyId: acme.id });

    await imports(
      ctx,
      csv(header, [
        '51',
        'Heating is cold',
        'Since Monday.',
        'Support',
        'Closed',
        'High',
        'Product issue',
        'ewa kot',
        '2023-01-02 10:00',
        '2023-01-05 12:00',
        'Anna (anna@example.com)',
      ]),
    );

    const [row] = await rows(ctx);
    expect(row).toMatchObject({
      subject: 'Heating is cold',
      stage: 'Closed',
      is_open: 0,
      priority: 'high',
      category: 'Product issue',
      source: 'import',
      assignee_id: agent.id,
      contact_id: anna.id,
      company_id: acme.id,
      is_released: 0,
      created_at: '2023-01-02T09:00:00.000Z',
      closed_at: '2023-01-05T11:00:00.000Z',
    });
    const ticket = await getTicket(ctx, row?.id ?? '');
    expect(ticket.conversation).toMatchObject([{ type: 'note', note: { text: 'Since Monday.' } }]);
  });

  test('finds stages by name and by what they mean; unknown ones are made in the pipeline and kept', async () => {
    const ctx = await desk();

    const batch = await imports(
      ctx,
      csv(
        header,
        ['1', 'A', '', '', 'Waiting on contact', '', '', '', '', '', ''],
        ['2', 'B', '', '', 'nowe', '', '', '', '', '', ''],
        ['3', 'C', '', '', 'Sent to supplier', '', '', '', '', '', ''],
        ['4', 'D', '', '', 'Rozwiązane telefonicznie', '', '', '', '', '', ''],
        ['5', 'E', '', '', '', '', '', '', '', '2024-01-01', ''],
        ['6', 'F', '', '', '', '', '', '', '', '', ''],
      ),
    );

    expect((await rows(ctx)).map((row) => [row.stage, row.is_open])).toEqual([
      ['Waiting for customer', 1],
      ['New', 1],
      ['Sent to supplier', 1],
      ['Rozwiązane telefonicznie', 0],
      ['Closed', 0],
      ['New', 1],
    ]);
    const [pipeline] = (await listPipelines(ctx)).items;
    expect(pipeline?.stages.map((stage) => stage.name)).toEqual([
      'New',
      'In progress',
      'Waiting for customer',
      'Sent to supplier',
      'Closed',
      'Rozwiązane telefonicznie',
    ]);
    expect(batch.progress.notes).toEqual([
      'The stage “Sent to supplier” is added to the pipeline “Support”.',
      'The stage “Rozwiązane telefonicznie” is added to the pipeline “Support”.',
    ]);
  });

  test('what has no place of its own is kept as a property: pipeline, priority, owner', async () => {
    const ctx = await desk();

    await imports(ctx, csv(header, ['1', 'A', '', 'Complaints', 'New', 'P1', '', 'Jan Nieobecny', '', '', '']));

    const again = await imports(ctx, csv(header, ['1', 'A', '', 'Complaints', 'New', 'P1', '', 'Jan Nieobecny', '', '', '']));
    const [row] = await rows(ctx);
    expect(again.progress).toMatchObject({ unchanged: 1 });
    expect(row?.priority).toBe('medium');
    expect((await getTicket(ctx, row?.id ?? '')).properties).toEqual({ pipeline: 'Complaints', priority_imported: 'P1', ticket_owner: 'Jan Nieobecny' });
  });

  test('again updates what changed in the other program, and only that', async () => {
    const ctx = await desk();
    const file = csv(
      header,
      ['51', 'Heating', 'x', '', 'New', '', '', '', '2023-01-02', '', ''],
      ['', 'Lift', 'y', '', 'New', '', '', '', '2023-01-03', '', ''],
    );
    await imports(ctx, file);

    const same = await imports(ctx, file);
    const later = await imports(ctx, csv(header, ['51', 'Heating', 'x', '', 'Closed', 'Urgent', '', '', '2023-01-02', '', '']));

    expect(same.progress).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(later.progress).toMatchObject({ created: 0, updated: 1 });
    expect((await rows(ctx)).map((row) => [row.subject, row.stage, row.priority])).toEqual([
      ['Heating', 'Closed', 'urgent'],
      ['Lift', 'New', 'medium'],
    ]);
  });

  test('a dry run makes no stage and no ticket', async () => {
    const ctx = await desk();

    const batch = await dryRuns(ctx, csv(header, ['1', 'A', '', '', 'Sent to supplier', '', '', '', '', '', '']));

    expect(batch).toMatchObject({ state: 'checked', progress: { created: 1, notes: ['The stage “Sent to supplier” is added to the pipeline “Support”.'] } });
    expect(await rows(ctx)).toEqual([]);
    expect((await listPipelines(ctx)).items[0]?.stages).toHaveLength(4);
  });

  test('nobody gets mail because of it, not even when the tickets change', async () => {
    const ctx = await desk();
    await givenContact(ctx, { email: 'anna@example.com' });
    const row = (stage: string) => csv(header, ['51', 'Heating', 'x', '', stage, '', '', '', '', '', 'anna@example.com']);

    await imports(ctx, row('New'));
    await imports(ctx, row('Closed'));

    expect(await ctx.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
  });

  test('releasing shows all of them to their customers and counts them', async () => {
    const ctx = await desk();
    const many = Array.from({ length: 230 }, (_, index) => [String(index), `Ticket ${index}`, '', '', 'New', '', '', '', '', '', '']);
    const batch = await imports(ctx, csv(header, ...many));

    await releaseImport(ctx, batch.id);
    await workOnImports(ctx);

    expect((await getImport(ctx, batch.id)).progress.released).toBe(230);
    expect((await rows(ctx)).every((row) => row.is_released === 1)).toBe(true);
    const acts = await ctx.db.selectFrom('audit_log').select('action').where('action', 'like', '%released%').execute();
    expect(acts).toEqual([{ action: 'import.released' }]);
  });

  test('undoing removes them, and tells of those that somebody answered', async () => {
    const ctx = await desk();
    const batch = await imports(ctx, csv(header, ['1', 'A', 'x', '', 'New', '', '', '', '', '', ''], ['2', 'B', '', '', 'New', '', '', '', '', '', '']));
    const [first] = await rows(ctx);
    await ctx.db
      .insertInto('threads')
      .values({ id: 't', ticket_id: first?.id ?? '', channel: 'desk', subject: 'A', created_at: '', last_message_at: '' })
      .execute();
    await ctx.db
      .insertInto('messages')
      .values({
        id: 'm',
        thread_id: 't',
        ticket_id: first?.id ?? '',
        direction: 'out',
        author_kind: 'agent',
        author_name: 'Ewa',
        body_text: 'Done',
        created_at: '',
      })
      .execute();

    const undone = await undoes(ctx, batch.id);

    expect(undone).toMatchObject({ state: 'undone', progress: { created: 1, failed: 1 } });
    expect(undone.progress.errors[0]?.message).toMatch(/^Ticket 1001 stays because other records need it/u);
    expect((await rows(ctx)).map((row) => row.subject)).toEqual(['A']);
  });
});

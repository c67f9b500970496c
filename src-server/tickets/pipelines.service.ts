import { recordAct } from '../audit/audit.service.ts';
import { InvalidInput, NotFound, type FieldProblem } from '../kernel/app-error.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';
import { publish } from '../live/live.service.ts';
import {
  deleteStages,
  findInboxStartingAt,
  findNewestPosition,
  findPipeline,
  findStage,
  freeStageNames,
  hasTickets,
  insertPipeline,
  isPipelineNameTaken,
  listPipelineRows,
  listStageRows,
  listStagesOf,
  renamePipeline,
  saveStages,
  stageById,
  type StageRow,
} from './pipelines.queries.ts';
import type { Pipeline, PipelineInput, Stage } from './tickets.contract.ts';

export function toStage(row: StageRow): Stage {
  return {
    id: row.id,
    name: row.name,
    position: row.position,
    isOpen: row.is_open === 1,
    publicName: readPublicName(row.public_name),
    // The column is written by this service only, from the contract's values.
    turn: row.turn as Stage['turn'],
  };
}

/** A stage's names for customers by language; null when it has none worth showing. */
export function readPublicName(stored: string | null): Record<string, string> | null {
  if (stored === null) return null;
  const names = Object.entries(JSON.parse(stored) as Record<string, string>).filter(([, name]) => name.trim() !== ''); // Written by saveAllStages.
  return names.length === 0 ? null : Object.fromEntries(names);
}

/** All pipelines with their stages, in the manager's order. There are few, so it is one page. */
export async function listPipelines(ctx: Context): Promise<Page<Pipeline>> {
  const [pipelines, stages] = [await listPipelineRows(ctx.db), await listStageRows(ctx.db)];
  const items = pipelines.map(({ id, name }) => ({ id, name, stages: stages.filter((stage) => stage.pipeline_id === id).map(toStage) }));
  return { items, nextCursor: null };
}

async function getPipeline(ctx: Context, id: string): Promise<Pipeline> {
  const pipeline = await findPipeline(ctx.db, id);
  if (pipeline === undefined) throw new NotFound('This pipeline');
  return { id, name: pipeline.name, stages: (await listStagesOf(ctx.db, id)).map(toStage) };
}

/** The stages of a pipeline, in order. */
export async function stagesOf(ctx: Context, pipelineId: string): Promise<Stage[]> {
  return (await listStagesOf(ctx.db, pipelineId)).map(toStage);
}

/** A stage and the pipeline it belongs to; undefined when there is none. */
export async function findStageById(ctx: Context, id: string): Promise<(Stage & { pipelineId: string }) | undefined> {
  const row = ctx.db.isTransaction ? await findStage(ctx.db, id) : await ctx.hot.first(stageById, { id });
  return row === undefined ? undefined : { ...toStage(row), pipelineId: row.pipeline_id };
}

export function addPipeline(ctx: Context, input: PipelineInput): Promise<Pipeline> {
  return inTransaction(ctx, async (ctx) => {
    refuse(problemsOfStages(input));
    const id = newId();
    const position = ((await findNewestPosition(ctx.db))?.position ?? -1) + 1;
    if (!(await insertPipeline(ctx.db, { id, name: input.name, position }))) refuse([nameTaken]);
    await saveAllStages(ctx, id, input);
    return announce(ctx, id, 'pipeline.added');
  });
}

/**
 * Changes a pipeline's name and stages. A stage that is left out is removed, which is refused while tickets or an inbox
 * need it; so is opening or closing a stage that holds tickets, because it would open or close all of them.
 */
export function changePipeline(ctx: Context, id: string, input: PipelineInput): Promise<Pipeline> {
  return inTransaction(ctx, async (ctx) => {
    await getPipeline(ctx, id);
    const before = await listStagesOf(ctx.db, id);
    refuse([
      ...problemsOfStages(input),
      ...((await isPipelineNameTaken(ctx.db, input.name, id)) ? [nameTaken] : []),
      ...problemsOfIds(input, before),
      ...(await problemsOfUse(ctx, input, before)),
    ]);

    await renamePipeline(ctx.db, id, input.name);
    await freeStageNames(ctx.db, id);
    const kept = new Set(input.stages.map((stage) => stage.id));
    await deleteStages(
      ctx.db,
      before.filter((stage) => !kept.has(stage.id)).map((stage) => stage.id),
    );
    await saveAllStages(ctx, id, input);
    return announce(ctx, id, 'pipeline.changed');
  });
}

/** Makes the pipeline with fixed ids if there is none at all, so that two first starts make one. */
export function ensureFirstPipeline(
  ctx: Context,
  first: { readonly id: string; readonly name: string; readonly stages: readonly (PipelineInput['stages'][number] & { readonly id: string })[] },
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    if ((await listPipelineRows(ctx.db)).length > 0) return;
    const isNew = await insertPipeline(ctx.db, { id: first.id, name: first.name, position: 0 });
    if (isNew) await saveAllStages(ctx, first.id, { stages: [...first.stages] });
  });
}

const nameTaken: FieldProblem = { path: 'name', message: 'Another pipeline has this name. Choose a different one.' };

function refuse(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw new InvalidInput(problems);
}

function problemsOfStages(input: PipelineInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!input.stages.some((stage) => stage.isOpen)) problems.push({ path: 'stages', message: 'At least one stage must be open: new tickets start there.' });
  if (input.stages.every((stage) => stage.isOpen)) problems.push({ path: 'stages', message: 'At least one stage must be closed: finished tickets end there.' });
  const names = new Set<string>();
  for (const [index, stage] of input.stages.entries()) {
    const name = stage.name.toLowerCase();
    if (names.has(name)) problems.push({ path: `stages[${index}].name`, message: `“${stage.name}” is there twice. Give each stage a name of its own.` });
    names.add(name);
  }
  return problems;
}

function problemsOfIds(input: PipelineInput, before: readonly StageRow[]): FieldProblem[] {
  const known = new Set(before.map((stage) => stage.id));
  const seen = new Set<string>();
  return input.stages.flatMap((stage, index) => {
    if (stage.id === undefined) return [];
    const isTwice = seen.has(stage.id);
    seen.add(stage.id);
    if (known.has(stage.id) && !isTwice) return [];
    return [{ path: `stages[${index}].id`, message: 'This stage is not one of this pipeline. Load the page again; leave the id out for a new stage.' }];
  });
}

async function problemsOfUse(ctx: Context, input: PipelineInput, before: readonly StageRow[]): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (const stage of before) {
    const index = input.stages.findIndex((candidate) => candidate.id === stage.id);
    const next = input.stages[index];
    const staysAsItIs = next !== undefined && next.isOpen === (stage.is_open === 1);
    if (staysAsItIs) continue;
    const path = next === undefined ? 'stages' : `stages[${index}].isOpen`;
    const inbox = await findInboxStartingAt(ctx.db, stage.id);
    if (inbox !== undefined)
      problems.push({ path, message: `New tickets of the inbox “${inbox.name}” start in “${stage.name}”. Let the inbox start elsewhere first.` });
    if (await hasTickets(ctx.db, stage.id)) problems.push({ path, message: `“${stage.name}” still holds tickets. Move them to another stage first.` });
  }
  return problems;
}

async function saveAllStages(ctx: Context, pipelineId: string, input: Pick<PipelineInput, 'stages'>): Promise<void> {
  await saveStages(
    ctx.db,
    input.stages.map((stage, position) => ({
      id: stage.id ?? newId(),
      pipeline_id: pipelineId,
      name: stage.name,
      position,
      is_open: stage.isOpen ? 1 : 0,
      public_name: stage.publicName === null ? null : JSON.stringify(stage.publicName),
      turn: stage.turn,
    })),
  );
}

async function announce(ctx: Context, id: string, action: string): Promise<Pipeline> {
  const pipeline = await getPipeline(ctx, id);
  const stages = pipeline.stages.map((stage) => stage.name);
  await recordAct(ctx, { action, target: { kind: 'pipeline', id, name: pipeline.name }, detail: { stages } });
  await publish(ctx, { audience: 'agents', kind: 'settings', payload: { feature: 'pipelines' } });
  return pipeline;
}

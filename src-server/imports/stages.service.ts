import type { Context } from '../kernel/context.ts';
import { changePipeline, listPipelines } from '../tickets/pipelines.service.ts';
import type { Pipeline, Stage } from '../tickets/tickets.contract.ts';
import type { Run } from './import-run.ts';
import { isSameStage, soundsClosed } from './values.ts';

/** Where a ticket of the file stands here. */
export interface StageFinder {
  /** The stage of this name; one nobody knows yet is added to its pipeline. Null in a dry run that would add it. */
  stageFor(ctx: Context, ticket: { readonly pipeline: string; readonly stage: string; readonly isClosed: boolean }): Promise<Stage | null>;
  /** Whether a pipeline of this name is here. */
  hasPipeline(name: string): boolean;
}

function sameName(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase();
}

/** The same name first, then a name that means the same and is open or closed as the ticket is. */
function findStage(stages: readonly Stage[], { stage, isClosed }: { readonly stage: string; readonly isClosed: boolean }): Stage | undefined {
  if (stage === '') return isClosed ? stages.find((candidate) => !candidate.isOpen) : stages.find((candidate) => candidate.isOpen);
  return stages.find((candidate) => sameName(candidate.name, stage)) ?? stages.find((candidate) => isSameStage(candidate.name, stage));
}

export async function stageFinder(ctx: Context, run: Pick<Run, 'isDryRun' | 'notes'>): Promise<StageFinder> {
  const pipelines: Pipeline[] = (await listPipelines(ctx)).items;
  const pipelineNamed = (name: string) => pipelines.find((pipeline) => sameName(pipeline.name, name));

  async function addStage(ctx: Context, pipeline: Pipeline, added: { readonly name: string; readonly isOpen: boolean }): Promise<Stage | null> {
    run.notes.add(`The stage “${added.name}” is added to the pipeline “${pipeline.name}”.`);
    if (run.isDryRun) return null;
    const stage = { ...added, publicName: null, turn: null };
    const at = added.isOpen ? pipeline.stages.findIndex((candidate) => !candidate.isOpen) : pipeline.stages.length;
    const stages = [...pipeline.stages];
    const changed = await changePipeline(ctx, pipeline.id, { name: pipeline.name, stages: [...stages.slice(0, at), stage, ...stages.slice(at)] });
    pipelines[pipelines.indexOf(pipeline)] = changed;
    return changed.stages.find((candidate) => candidate.name === added.name) ?? null;
  }

  return {
    hasPipeline: (name) => pipelineNamed(name) !== undefined,
    async stageFor(ctx, ticket) {
      const pipeline = pipelineNamed(ticket.pipeline) ?? pipelines[0];
      if (pipeline === undefined) return null;
      const found = findStage(pipeline.stages, ticket);
      if (found !== undefined) return found;
      return addStage(ctx, pipeline, { name: ticket.stage, isOpen: !(ticket.isClosed || soundsClosed(ticket.stage)) });
    },
  };
}

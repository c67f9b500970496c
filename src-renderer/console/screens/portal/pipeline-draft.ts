import type { z } from 'zod';
import type { Pipeline, PipelineInput, Stage } from '#server/tickets/tickets.contract.ts';

/** A stage as the editor holds it; `id` is there once it is stored. */
export interface StageDraft {
  readonly key: string;
  readonly id?: string;
  readonly name: string;
  readonly isOpen: boolean;
  readonly publicName: Readonly<Record<string, string>>;
  readonly turn: Stage['turn'];
}

export interface PipelineDraft {
  readonly name: string;
  readonly stages: readonly StageDraft[];
}

export function draftOf(pipeline: Pipeline): PipelineDraft {
  const stages = pipeline.stages.toSorted((one, other) => one.position - other.position);
  return {
    name: pipeline.name,
    stages: stages.map(({ id, name, isOpen, publicName, turn }) => ({ key: id, id, name, isOpen, publicName: publicName ?? {}, turn })),
  };
}

/** What the server is asked to keep; a public name nobody wrote is none. */
export function inputOf(draft: PipelineDraft): z.input<typeof PipelineInput> {
  return {
    name: draft.name,
    stages: draft.stages.map(({ id, name, isOpen, publicName, turn }) => {
      const written = Object.fromEntries(Object.entries(publicName).filter(([, text]) => text.trim() !== ''));
      return { ...(id === undefined ? {} : { id }), name, isOpen, turn, publicName: Object.keys(written).length === 0 ? null : written };
    }),
  };
}

/** Moves a stage by one place. */
export function withMoved(stages: readonly StageDraft[], from: number, step: 1 | -1): readonly StageDraft[] {
  const moved = stages[from];
  const other = stages[from + step];
  if (moved === undefined || other === undefined) return stages;
  return stages.map((stage, index) => {
    if (index === from) return other;
    return index === from + step ? moved : stage;
  });
}

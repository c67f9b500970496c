import type { FieldProblems } from '../api/problem.ts';

/** A form or a wizard's step: shows a draft and reports edits. Whoever draws it saves, fetches and navigates. */
export interface FormProps<Draft> {
  readonly draft: Draft;
  readonly problems: FieldProblems;
  readonly onEdit: (edits: Partial<Draft>) => void;
}

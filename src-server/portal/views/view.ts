import type { MemberSession } from '../../members/sessions.service.ts';
import type { Visit } from '../visit.ts';

/** What every view gets: whose page it is, and what its forms must carry. */
export interface View {
  readonly visit: Visit;
  readonly token: string;
}

/** A page that only a member sees. */
export interface MemberView extends View {
  readonly member: MemberSession;
}

/** Something wrong with a form, by field. `''` is the form as a whole. */
export type Problems = Readonly<Record<string, string | undefined>>;

export function hasProblems(problems: Problems): boolean {
  return Object.values(problems).some((problem) => problem !== undefined);
}

import { NumberProblemPage, PhoneNumber } from '#server/people/people.contract.ts';
import { call } from './client.ts';
import { pagedList } from './pages.ts';

/** Numbers nobody could be rung up by, oldest first. */
export function numberProblemsQuery() {
  return pagedList({ key: ['numbers', 'problems'], path: '/numbers/problems', page: NumberProblemPage });
}

/** Replaces what was entered; answers what it is understood as now. */
export function fixNumber(id: number, raw: string): Promise<PhoneNumber> {
  return call({ method: 'POST', path: `/numbers/${id}/fix`, body: { raw }, answer: PhoneNumber });
}

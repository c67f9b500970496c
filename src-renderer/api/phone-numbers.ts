import { NumberProblemPage, PhoneNumber } from '#server/people/people.contract.ts';
import { call } from './client.ts';
import { pagedList } from './pages.ts';

/** Numbers nobody could be rung up by, oldest first. */
export function numberProblemsQuery() {
  return pagedList({ key: ['numbers', 'problems'], path: '/numbers/problems', page: NumberProblemPage });
}

export function fixNumber(id: number, raw: string): Promise<PhoneNumber> {
  return call({ method: 'PUT', path: `/numbers/${id}`, body: { raw }, answer: PhoneNumber });
}

import { words } from '../words/words.ts';
import { Told } from './problem.ts';

/** A request to IndexedDB as a promise. */
export function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Told(words.problems.keepsNothing, { cause: request.error })));
  });
}

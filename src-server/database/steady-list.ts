/**
 * The same values, the last one repeated up to a round number of them. For `in (…)`: each length is a statement of its
 * own, which the database must prepare and keep, so that a few lengths are better than hundreds.
 */
export function steadyList<Value>(values: readonly Value[]): readonly Value[] {
  const last = values.at(-1);
  if (last === undefined) return values;
  const length = 2 ** Math.ceil(Math.log2(values.length));
  return [...values, ...Array.from({ length: length - values.length }, () => last)];
}

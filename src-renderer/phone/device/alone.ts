/** Does one thing at a time among the tabs of this browser and its service worker, where it can tell. */
export function alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const { locks } = navigator as { readonly locks?: LockManager | null };
  return locks === undefined || locks === null ? work() : locks.request(name, work);
}

/** Megabytes; V8 keeps two of these. */
const flag = '--max-semi-space-size=16';

/**
 * On a PC with much memory Node lets the space for new objects grow to 128 MB, though the desk does the same work in a
 * quarter of it. The limit can be chosen only when a process starts, so this one starts itself again, in its own place:
 * the same process to whoever watches it. Where that can't be done (Windows, inside the desktop) it goes on as it is.
 */
export function limitHeap(): void {
  if (process.execve === undefined || process.versions['electron'] !== undefined || process.execArgv.includes(flag)) return;
  process.execve(process.execPath, [process.execPath, flag, ...process.execArgv, ...process.argv.slice(1)], process.env);
}

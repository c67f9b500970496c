/** What makes this browser a paired phone. Kept in this origin's storage only; sent in the Authorization header only. */
export interface DeviceKeys {
  readonly deviceId: string;
  readonly deviceToken: string;
  readonly serverName: string;
}

/** All that the page keeps is under this prefix, so that erasing finds it. */
const prefix = 'doorline.';
const keysName = `${prefix}device`;

function read(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

function isKeys(value: unknown): value is DeviceKeys {
  const keys = value as Partial<Record<keyof DeviceKeys, unknown>> | null;
  return typeof keys?.deviceId === 'string' && typeof keys.deviceToken === 'string' && typeof keys.serverName === 'string';
}

export function readKeys(): DeviceKeys | undefined {
  const keys = read(keysName);
  return isKeys(keys) ? keys : undefined;
}

export function keepKeys(keys: DeviceKeys): void {
  localStorage.setItem(keysName, JSON.stringify(keys));
}

/** Something small that outlives a reload, such as a note that is not sent yet. */
export function keep(name: string, value: unknown): void {
  if (value === undefined) localStorage.removeItem(prefix + name);
  else localStorage.setItem(prefix + name, JSON.stringify(value));
}

export function kept(name: string): unknown {
  return read(prefix + name);
}

/** Removes everything this page ever kept in the two storages, the keys included. */
export function forgetKept(): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const name of Object.keys(storage)) if (name.startsWith(prefix)) storage.removeItem(name);
  }
}

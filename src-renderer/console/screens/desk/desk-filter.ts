/** What the desk's list shows; stands in the address, so that it survives reloads and can be linked to. */
export interface DeskFilter {
  readonly state?: 'closed' | 'all';
  readonly search?: string;
  readonly assigneeId?: string;
  readonly inboxId?: string;
  readonly stageId?: string;
  readonly waitsFor?: 'team' | 'customer';
}

const keys = ['search', 'assigneeId', 'inboxId', 'stageId'] as const;

/** Reads the filter out of an address; what does not belong there is left out. */
export function readDeskFilter(search: Readonly<Record<string, unknown>>): DeskFilter {
  const texts = keys.flatMap((key) => {
    const value = search[key];
    return typeof value === 'string' && value !== '' ? [[key, value] as const] : [];
  });
  const { state, waitsFor } = search;
  return {
    ...Object.fromEntries(texts),
    ...(state === 'closed' || state === 'all' ? { state } : {}),
    ...(waitsFor === 'team' || waitsFor === 'customer' ? { waitsFor } : {}),
  };
}

export function titleOf(filter: DeskFilter): string {
  if (filter.state === 'closed') return 'Closed tickets';
  return filter.state === 'all' ? 'All tickets' : 'Open tickets';
}

/** How many narrowing choices are made, beside open or closed and the search. */
export function narrowingCount(filter: DeskFilter): number {
  return [filter.assigneeId, filter.inboxId, filter.stageId, filter.waitsFor].filter((value) => value !== undefined).length;
}

/** The filter with one choice changed; `undefined` takes the choice away. */
export function withChoice<Key extends keyof DeskFilter>(filter: DeskFilter, key: Key, value: DeskFilter[Key] | undefined): DeskFilter {
  const { [key]: _before, ...rest } = filter;
  return value === undefined ? rest : { ...rest, [key]: value };
}

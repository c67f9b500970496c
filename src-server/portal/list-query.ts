import type { CustomerTicketQuery } from '../tickets/customer-tickets.contract.ts';

type Sort = CustomerTicketQuery['sort'];

/** The list as its address says it. Whatever is not understood takes its default: a page is better than a refusal. */
export interface ListQuery {
  readonly state: CustomerTicketQuery['state'];
  readonly view: CustomerTicketQuery['view'];
  readonly search: string;
  readonly sort: Sort;
  readonly direction: CustomerTicketQuery['direction'];
  readonly cursor: string | undefined;
}

const states = ['open', 'closed', 'all'] as const;
const views = ['mine', 'organisation'] as const;
const sorts = ['activity', 'created', 'number', 'subject'] as const;
const directions = ['ascending', 'descending'] as const;

function oneOf<Value extends string>(values: readonly Value[], given: unknown, otherwise: Value): Value {
  return values.find((value) => value === given) ?? otherwise;
}

/** The order a column has when it is chosen first. */
export function firstDirection(sort: Sort): ListQuery['direction'] {
  return sort === 'subject' ? 'ascending' : 'descending';
}

export function readListQuery(query: Readonly<Record<string, unknown>>): ListQuery {
  const sort = oneOf(sorts, query['sort'], 'activity');
  const search = typeof query['search'] === 'string' ? query['search'].trim().slice(0, 200) : '';
  return {
    state: oneOf(states, query['state'], 'all'),
    view: oneOf(views, query['view'], 'mine'),
    search,
    sort,
    direction: oneOf(directions, query['direction'], firstDirection(sort)),
    cursor: typeof query['cursor'] === 'string' && query['cursor'].length <= 500 ? query['cursor'] : undefined,
  };
}

/** What of the query differs from the plain list, for an address or a form. */
export function listParameters(query: ListQuery): (readonly [name: string, value: string])[] {
  const given: (readonly [string, string, string])[] = [
    ['state', query.state, 'all'],
    ['view', query.view, 'mine'],
    ['search', query.search, ''],
    ['sort', query.sort, 'activity'],
    ['direction', query.direction, firstDirection(query.sort)],
    ['cursor', query.cursor ?? '', ''],
  ];
  return given.filter(([, value, otherwise]) => value !== otherwise).map(([name, value]) => [name, value]);
}

/** The address of the list changed by `change`. Another order, filter or search starts at its first page. */
export function listAddress(base: string, query: ListQuery, change: Partial<ListQuery> = {}): string {
  const parameters = listParameters({ ...query, cursor: undefined, ...change }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${base}/tickets${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`;
}

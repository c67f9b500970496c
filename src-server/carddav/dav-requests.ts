import { cardNamespace, davNamespace, readDavXml, type DavElement } from './dav-xml.ts';

/** A property by its whole name. */
export interface PropertyName {
  readonly namespace: string;
  readonly name: string;
}

/** Which properties a client asks for. `only names` and `all` are rare: file managers. */
export type Wanted = { readonly kind: 'some'; readonly names: readonly PropertyName[] } | { readonly kind: 'all' } | { readonly kind: 'only names' };

export interface TextMatch {
  readonly text: string;
  readonly type: string;
  readonly isNegated: boolean;
}

export interface PropertyFilter {
  readonly property: string;
  readonly isAllOf: boolean;
  /** True: the card must not have the property. */
  readonly isAbsent: boolean;
  readonly matches: readonly TextMatch[];
}

export type DavReport =
  | { readonly kind: 'sync'; readonly wanted: Wanted; readonly token: string; readonly limit: number | undefined }
  | { readonly kind: 'multiget'; readonly wanted: Wanted; readonly hrefs: readonly string[] }
  | {
      readonly kind: 'query';
      readonly wanted: Wanted;
      readonly isAllOf: boolean;
      readonly filters: readonly PropertyFilter[];
      readonly limit: number | undefined;
      /** The client filters by something cards here do not have, parameters, or by more than anybody would type. */
      readonly isUnsupported: boolean;
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'too long' };

function child(element: DavElement, name: string, namespace = davNamespace): DavElement | undefined {
  return element.children.find((each) => each.name === name && each.namespace === namespace);
}

/** Characters of names a client may ask for: those we do not know are repeated for each card. Clients ask for some 500. */
const longestNames = 10_000;

function wantedIn(element: DavElement): Wanted | undefined {
  const prop = child(element, 'prop');
  if (prop !== undefined) {
    const names = prop.children.map(({ namespace, name }) => ({ namespace, name }));
    const length = names.reduce((sum, { namespace, name }) => sum + namespace.length + name.length, 0);
    return length > longestNames ? undefined : { kind: 'some', names };
  }
  return child(element, 'propname') === undefined ? { kind: 'all' } : { kind: 'only names' };
}

/** What a PROPFIND asks for; undefined when its body can't be read. No body asks for everything (RFC 4918, 9.1). */
export function readPropfind(body: string): Wanted | undefined {
  if (body.trim() === '') return { kind: 'all' };
  const root = readDavXml(body);
  return root?.name === 'propfind' && root.namespace === davNamespace ? wantedIn(root) : undefined;
}

/** The properties a PROPPATCH would change; undefined when its body can't be read. */
export function readProppatch(body: string): readonly PropertyName[] | undefined {
  const root = readDavXml(body);
  if (root?.name !== 'propertyupdate') return undefined;
  return root.children.flatMap((change) => child(change, 'prop')?.children ?? []).map(({ namespace, name }) => ({ namespace, name }));
}

function limitIn(element: DavElement, namespace: string): number | undefined {
  const limit = child(element, 'limit', namespace);
  const value = Number(limit === undefined ? Number.NaN : child(limit, 'nresults', namespace)?.text);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function isAllOf(element: DavElement): boolean {
  return element.attributes.get('test') === 'allof';
}

function toFilter(element: DavElement): PropertyFilter {
  return {
    property: (element.attributes.get('name') ?? '').toUpperCase(),
    isAllOf: isAllOf(element),
    isAbsent: child(element, 'is-not-defined', cardNamespace) !== undefined,
    matches: element.children
      .filter((each) => each.name === 'text-match')
      .map((each) => ({
        text: each.text,
        type: each.attributes.get('match-type') ?? 'contains',
        isNegated: each.attributes.get('negate-condition') === 'yes',
      })),
  };
}

const mostConditions = 50;
const longestMatch = 500;

/** Each condition is tried on each card of a book, so there are no more than a person could mean. */
function isBoundless(filters: readonly PropertyFilter[]): boolean {
  const matches = filters.flatMap((filter) => filter.matches);
  return filters.length + matches.length > mostConditions || matches.some(({ text }) => text.length > longestMatch);
}

function readQuery(root: DavElement, wanted: Wanted): DavReport {
  const filter = child(root, 'filter', cardNamespace);
  const elements = filter?.children.filter((each) => each.name === 'prop-filter') ?? [];
  const filters = elements.map(toFilter);
  return {
    kind: 'query',
    wanted,
    isAllOf: filter !== undefined && isAllOf(filter),
    filters,
    limit: limitIn(root, cardNamespace),
    isUnsupported: isBoundless(filters) || elements.some((each) => each.children.some((part) => part.name === 'param-filter')),
  };
}

/** A plain href, as every client writes it. */
const plainHref = /<((?:[\w-]+:)?href)(?:\s+xmlns(?::[\w-]+)?="DAV:")?\s*>([^<&]*)<\/\1\s*>/gu;

/**
 * Takes the addresses out of a multiget. They are nearly all of it, hundreds of times in a phone's first sync, and
 * reading them as XML would take longer than fetching the cards.
 */
function takeHrefs(body: string): { readonly rest: string; readonly hrefs: readonly string[] } {
  if (!body.includes('addressbook-multiget')) return { rest: body, hrefs: [] };
  const hrefs: string[] = [];
  const rest = body.replace(plainHref, (_element, _name, href: string) => {
    hrefs.push(href.trim());
    return '';
  });
  return { rest, hrefs };
}

/** What is left of a REPORT without the plain addresses in it, and read as XML. */
const longestRest = 262_144;

/** What a REPORT asks for; undefined when its body can't be read. */
export function readReport(body: string): DavReport | undefined {
  const { rest, hrefs: plain } = takeHrefs(body);
  if (rest.length > longestRest) return { kind: 'too long' };
  const root = readDavXml(rest);
  const wanted = root === undefined ? undefined : wantedIn(root);
  if (root === undefined || wanted === undefined) return undefined;
  const name = `${root.namespace} ${root.name}`;
  if (name === `${davNamespace} sync-collection`) {
    return { kind: 'sync', wanted, token: child(root, 'sync-token')?.text.trim() ?? '', limit: limitIn(root, davNamespace) };
  }
  if (name === `${cardNamespace} addressbook-multiget`) {
    const hrefs = root.children.filter((each) => each.name === 'href' && each.namespace === davNamespace).map((each) => each.text.trim());
    return { kind: 'multiget', wanted, hrefs: [...plain, ...hrefs] };
  }
  return name === `${cardNamespace} addressbook-query` ? readQuery(root, wanted) : { kind: 'unknown' };
}

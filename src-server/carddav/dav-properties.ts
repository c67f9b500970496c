import { escapeXml } from '../kernel/xml.ts';
import { unescapeXml } from './card-text.ts';
import type { DavResource } from './dav-paths.ts';
import type { PropertyName, Wanted } from './dav-requests.ts';
import { cardNamespace, davElement, davNamespace, serverNamespace } from './dav-xml.ts';

/** What the properties of an account's resources say. */
export interface DavView {
  /** Where the account's resources are, as paths. */
  readonly principals: string;
  readonly principal: string;
  readonly home: string;
  readonly book: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly bookName: string;
  /** Changes with whatever a card says. */
  readonly ctag: string;
  /** Undefined where nobody can go on from a token. */
  readonly syncToken: string | undefined;
  /** The client wants to hear only of what is there (`Brief: t`, RFC 8144 `return=minimal`). */
  readonly isMinimal: boolean;
}

/** The largest card a client may think of sending. */
export const largestCard = 1_500_000;

const dav = (name: string): PropertyName => ({ namespace: davNamespace, name });
const card = (name: string): PropertyName => ({ namespace: cardNamespace, name });
const cs = (name: string): PropertyName => ({ namespace: serverNamespace, name });
const keyOf = ({ namespace, name }: PropertyName): string => `${namespace} ${name}`;
const href = (path: string): string => `<d:href>${escapeXml(path)}</d:href>`;

const readOnly = '<d:privilege><d:read/></d:privilege><d:privilege><d:read-current-user-privilege-set/></d:privilege>';
const report = (name: string): string => `<d:supported-report><d:report><${name}/></d:report></d:supported-report>`;
const syncReport = report('d:sync-collection');
const bookReports = ['card:addressbook-multiget', 'card:addressbook-query'].map(report).join('');
const vcard3 = '<card:address-data-type content-type="text/vcard" version="3.0"/>';

/** Undefined: this account's resources do not have it. */
type Value = (view: DavView) => string | undefined;
type Properties = readonly (readonly [PropertyName, Value])[];

const ofAll: Properties = [
  [dav('current-user-principal'), (view) => href(view.principal)],
  [dav('principal-collection-set'), (view) => href(view.principals)],
  [dav('current-user-privilege-set'), () => readOnly],
  [dav('owner'), (view) => href(view.principal)],
];

const ofKind: Readonly<Record<Exclude<DavResource['kind'], 'card'>, Properties>> = {
  root: [
    [dav('resourcetype'), () => '<d:collection/>'],
    [dav('displayname'), (view) => escapeXml(view.bookName)],
    [dav('supported-report-set'), () => ''],
    ...ofAll,
  ],
  principal: [
    [dav('resourcetype'), () => '<d:collection/><d:principal/>'],
    [dav('displayname'), (view) => escapeXml(view.accountName)],
    [dav('principal-URL'), (view) => href(view.principal)],
    [card('addressbook-home-set'), (view) => href(view.home)],
    [dav('supported-report-set'), () => ''],
    [dav('resource-id'), (view) => href(`urn:uuid:${view.accountId}`)],
    ...ofAll,
  ],
  home: [
    [dav('resourcetype'), () => '<d:collection/>'],
    [dav('displayname'), (view) => escapeXml(view.bookName)],
    [dav('supported-report-set'), () => ''],
    [dav('resource-id'), (view) => href(`urn:doorline:home:${view.accountId}`)],
    ...ofAll,
  ],
  book: [
    [dav('resourcetype'), () => '<d:collection/><card:addressbook/>'],
    [dav('displayname'), (view) => escapeXml(view.bookName)],
    [card('addressbook-description'), (view) => escapeXml(view.bookName)],
    [cs('getctag'), (view) => escapeXml(view.ctag)],
    [dav('sync-token'), (view) => (view.syncToken === undefined ? undefined : escapeXml(view.syncToken))],
    [dav('supported-report-set'), (view) => (view.syncToken === undefined ? '' : syncReport) + bookReports],
    [card('supported-address-data'), () => vcard3],
    [card('max-resource-size'), () => String(largestCard)],
    [dav('resource-id'), (view) => href(`urn:doorline:book:${view.accountId}`)],
    ...ofAll,
  ],
};

const ok = '<d:status>HTTP/1.1 200 OK</d:status>';
const missing = '<d:status>HTTP/1.1 404 Not Found</d:status>';

function response(path: string, { found, absent }: { readonly found: string; readonly absent: string }): string {
  const none = absent === '' ? '' : `<d:propstat><d:prop>${absent}</d:prop>${missing}</d:propstat>`;
  const some = found === '' && none !== '' ? '' : `<d:propstat><d:prop>${found}</d:prop>${ok}</d:propstat>`;
  return `<d:response>${href(path)}${some}${none}</d:response>`;
}

/** The answer for one resource that is not a card. */
export function resourceResponse(resource: Exclude<DavResource, { readonly kind: 'card' }>, wanted: Wanted, view: DavView): string {
  const properties = ofKind[resource.kind];
  if (wanted.kind !== 'some') {
    const here = properties.flatMap(([name, value]) => (value(view) === undefined ? [] : davElement(name, wanted.kind === 'all' ? value(view) : '')));
    return response(resource.href, { found: here.join(''), absent: '' });
  }
  const known = new Map(properties.map(([name, value]) => [keyOf(name), value]));
  let found = '';
  let absent = '';
  for (const name of wanted.names) {
    const value = known.get(keyOf(name))?.(view);
    if (value !== undefined) found += davElement(name, value);
    else if (!view.isMinimal) absent += davElement(name);
  }
  return response(resource.href, { found, absent });
}

/** A card as it is stored: its text is XML already. */
export interface StoredCard {
  readonly card: string;
  readonly etag: string;
  readonly vcard: string;
}

const cardProperties: readonly PropertyName[] = [
  dav('resourcetype'),
  dav('getetag'),
  dav('getcontenttype'),
  dav('getcontentlength'),
  ...ofAll.map(([name]) => name),
];

/** A part of an answer: the same for every card, or of the card itself. */
type Piece = string | ((stored: StoredCard) => string);

const ofText: ReadonlySet<string> = new Set([card('address-data'), dav('getcontentlength')].map(keyOf));

/** True when the text of cards is needed. */
export function wantsText(wanted: Wanted): boolean {
  return wanted.kind === 'all' || (wanted.kind === 'some' && wanted.names.some((name) => ofText.has(keyOf(name))));
}

/**
 * Writes the answers for cards. What is the same for all of them is put together once: a phone's first sync is ten
 * thousand of these.
 */
export function cardResponses(wanted: Wanted, view: DavView): (stored: StoredCard) => string {
  const known = new Map<string, readonly Piece[]>([
    [keyOf(dav('resourcetype')), [davElement(dav('resourcetype'))]],
    [keyOf(dav('getcontenttype')), [davElement(dav('getcontenttype'), 'text/vcard; charset=utf-8')]],
    [keyOf(dav('getetag')), ['<d:getetag>"', (stored) => stored.etag, '"</d:getetag>']],
    [keyOf(dav('getcontentlength')), ['<d:getcontentlength>', ({ vcard }) => String(Buffer.byteLength(unescapeXml(vcard))), '</d:getcontentlength>']],
    [keyOf(card('address-data')), ['<card:address-data>', (stored) => stored.vcard, '</card:address-data>']],
    ...ofAll.map(([name, value]): [string, readonly Piece[]] => [keyOf(name), [davElement(name, value(view))]]),
  ]);
  const names = wanted.kind === 'some' ? wanted.names : cardProperties;
  const found = wanted.kind === 'only names' ? names.map((name) => davElement(name)) : names.flatMap((name) => known.get(keyOf(name)) ?? []);
  const absent = view.isMinimal ? '' : names.map((name) => (known.has(keyOf(name)) ? '' : davElement(name))).join('');
  const pieces: Piece[] = ['<d:response><d:href>', (stored) => `${view.book}${encodeURIComponent(stored.card)}.vcf`, '</d:href>'];
  if (found.length > 0 || absent === '') pieces.push('<d:propstat><d:prop>', ...found, `</d:prop>${ok}</d:propstat>`);
  if (absent !== '') pieces.push(`<d:propstat><d:prop>${absent}</d:prop>${missing}</d:propstat>`);
  pieces.push('</d:response>');
  return (stored) => {
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : piece(stored);
    return text;
  };
}

/** The answer for an address where nothing is, or nothing any more. */
export function notFoundResponse(path: string): string {
  return `<d:response>${href(path)}${missing}</d:response>`;
}

/** The answer to a change of properties: none of them may be. */
export function protectedResponse(path: string, names: readonly PropertyName[]): string {
  const props = names.map((name) => davElement(name)).join('');
  const why = '<d:error><d:cannot-modify-protected-property/></d:error>';
  return `<d:response>${href(path)}<d:propstat><d:prop>${props}</d:prop><d:status>HTTP/1.1 403 Forbidden</d:status>${why}</d:propstat></d:response>`;
}

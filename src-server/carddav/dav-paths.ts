/** What an address under `/dav/` stands for. Each phone has one principal, one home and exactly one book: Contacts on a Mac reads no second one. */
export type DavResource =
  | { readonly kind: 'root'; readonly href: string }
  | { readonly kind: 'principal' | 'home' | 'book'; readonly href: string }
  | { readonly kind: 'card'; readonly href: string; readonly name: string };

export const rootHref = '/dav/';
export const principalsHref = '/dav/p/';

export function principalHref(deviceId: string): string {
  return `${principalsHref}${deviceId}/`;
}

export function homeHref(deviceId: string): string {
  return `/dav/b/${deviceId}/`;
}

export function bookHref(deviceId: string): string {
  return `${homeHref(deviceId)}contacts/`;
}

/** Names of cards never need escaping; what a phone made up may. */
export function cardHref(deviceId: string, name: string): string {
  return `${bookHref(deviceId)}${encodeURIComponent(name)}.vcf`;
}

const longestName = 200;

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** The name of the card a file name stands for. */
function cardName(file: string): string | undefined {
  const name = file.endsWith('.vcf') ? file.slice(0, -4) : file;
  // oxlint-disable-next-line no-control-regex -- names a database or a log could stumble over
  return name === '' || name.length > longestName || /[/\u0000-\u001f]/u.test(name) ? undefined : name;
}

const plainName = /^[\w-]{1,100}\.vcf$/u;

/** The card of this phone's book an address means; undefined when it is none. Addresses as the book gives them need no decoding. */
export function cardNameOf(address: string, deviceId: string): string | undefined {
  const book = bookHref(deviceId);
  const file = address.startsWith(book) ? address.slice(book.length) : '';
  if (plainName.test(file)) return file.slice(0, -4);
  const resource = resourceOf(address, deviceId);
  return resource?.kind === 'card' ? resource.name : undefined;
}

/** Which of this phone's resources an address means, as a path or as a whole URL. Another phone's are not there. */
export function resourceOf(address: string, deviceId: string): DavResource | undefined {
  const path = decoded((/^https?:\/\/[^/]*(\/.*)$/iu.exec(address)?.[1] ?? address).split(/[?#]/u)[0] ?? '');
  if (path === undefined) return undefined;
  const folder = path.endsWith('/') ? path : `${path}/`;
  if (folder === rootHref || folder === principalsHref || folder === '/dav/b/') return { kind: 'root', href: folder };
  if (folder === principalHref(deviceId)) return { kind: 'principal', href: folder };
  if (folder === homeHref(deviceId)) return { kind: 'home', href: folder };
  const book = bookHref(deviceId);
  if (folder === book) return { kind: 'book', href: folder };
  const name = path.startsWith(book) ? cardName(path.slice(book.length)) : undefined;
  return name === undefined ? undefined : { kind: 'card', href: cardHref(deviceId, name), name };
}

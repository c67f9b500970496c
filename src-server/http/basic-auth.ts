/** User and password of a Basic header (RFC 7617). */
export function readBasic(header: string | undefined): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic +([\w+/=-]{1,2000})$/iu.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

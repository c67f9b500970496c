// First parts of addresses that Doorline uses itself or keeps free for what is to come; see docs of the LAN routes.
const reserved = new Set([
  'admin',
  'api',
  'assets',
  'dav',
  'desk',
  'favicon',
  'healthz',
  'kb',
  'pair',
  'pbx',
  'phone',
  'phonebook',
  'portal',
  'reach',
  'readyz',
  'robots',
  'sso',
  'static',
  'trust',
]);

/** True for words that can't be the portal's slug. */
export function isReservedSlug(slug: string): boolean {
  return reserved.has(slug);
}

/** Where the desk is and what opens it: all that a ready-made configuration needs. */
export interface SetupPlace {
  /** `https://HOST:PORT`, as the certificate names it. */
  readonly origin: string;
  readonly hostName: string;
  readonly port: number;
  readonly key: string;
  /** What the telephone shows above the phone book: the company's name. */
  readonly title: string;
  readonly country: string;
  /** Where phone books are served; differs from `origin` while they are served without encryption. */
  readonly phoneBookOrigin: string;
}

export function phoneBookUrl(place: SetupPlace, file: string): string {
  return `${place.phoneBookOrigin}/phonebook/${place.key}/${file}`;
}

/** The address a desk phone opens to report a call, with the maker's own variables in it. */
export function actionUrl(place: SetupPlace, event: string, parties: Readonly<Record<'from' | 'to' | 'agent' | 'call', string>>): string {
  const query = Object.entries(parties).map(([name, variable]) => `${name}=${variable}`);
  return `${place.origin}/pbx/v1/action/${place.key}/${event}?${query.join('&')}`;
}

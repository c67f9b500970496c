import type { SetupText } from './pbx.contract.ts';

/** Where the directory is and how this system signs in to it. */
export interface LdapPlace {
  readonly hostName: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly base: string;
  readonly sourceId: string;
  readonly key: string;
}

/** LDAP: the parameters every client asks for, and Yealink's by name (Yealink administrator guide, “LDAP”). */
export function ldapTexts({ hostName, port, isTls, base, sourceId, key }: LdapPlace): SetupText[] {
  const user = `uid=${sourceId},${base}`;
  const parameters = [
    `Server          ${hostName}`,
    `Port            ${port} (${isTls ? 'LDAPS' : 'LDAP, StartTLS where the client can'})`,
    `Base            ${base}`,
    `User            ${user}`,
    `Password        ${key}`,
    'Version         3',
    'Name filter     (|(cn=%)(sn=%))',
    'Number filter   (|(telephoneNumber=%)(mobile=%))',
    'Name attributes cn sn',
    'Numbers         telephoneNumber mobile',
    'Shown name      cn',
    'Most results    50',
  ];
  const yealink = [
    'ldap.enable = 1',
    `ldap.host = ${hostName}`,
    `ldap.port = ${port}`,
    `ldap.tls_mode = ${isTls ? 2 : 0}`,
    `ldap.base = ${base}`,
    `ldap.user = ${user}`,
    `ldap.password = ${key}`,
    'ldap.version = 3',
    'ldap.name_filter = (|(cn=%)(sn=%))',
    'ldap.number_filter = (|(telephoneNumber=%)(mobile=%))',
    'ldap.name_attr = cn sn',
    'ldap.numb_attr = telephoneNumber mobile',
    'ldap.display_name = cn',
    'ldap.max_hits = 50',
    'ldap.call_in_lookup = 1',
  ];
  return [
    {
      title: 'Parameters',
      hint: 'What every telephone and telephone system asks for, under one name or another.',
      fileName: 'doorline-ldap.txt',
      text: `${parameters.join('\n')}\n`,
    },
    { title: 'Yealink', hint: 'The same for a Yealink’s .cfg.', fileName: 'doorline-ldap-yealink.cfg', text: `${yealink.join('\n')}\n` },
  ];
}

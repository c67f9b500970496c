import { version } from '../kernel/version.ts';
import { placeOf, suffix } from './distinguished-name.ts';
import { pagedResultsOid, startTlsOid } from './ldap-answers.ts';
import type { Entry } from './ldap-entry.ts';
import type { SearchRequest } from './ldap-messages.ts';
import { schemaEntry, schemaName } from './ldap-schema.ts';

// Entries that are no people: what this directory is, and where its people are.

/** What anybody may know: that this is a directory and how to talk to it (RFC 4512, 5.1). */
function rootEntry(mayStartTls: boolean): Entry {
  return {
    id: '',
    dn: '',
    attributes: [
      ['objectClass', ['top']],
      ['namingContexts', [suffix]],
      ['supportedLDAPVersion', ['3']],
      ['supportedExtension', mayStartTls ? [startTlsOid] : []],
      ['supportedControl', [pagedResultsOid]],
      ['subschemaSubentry', [schemaName]],
      ['vendorName', ['Doorline']],
      ['vendorVersion', [version]],
    ],
  };
}

/** The entry that all people are below. */
export const suffixEntry: Entry = {
  id: suffix,
  dn: suffix,
  attributes: [
    ['objectClass', ['top', 'dcObject', 'organization']],
    ['dc', ['doorline']],
    ['o', ['Doorline']],
  ],
};

/** What is asked for, if it is something that anybody may read: what this directory is, and what its entries are made of. */
export function openEntry({ base, scope }: SearchRequest, mayStartTls: boolean): Entry | undefined {
  const { kind } = placeOf(base);
  if (scope !== 'base') return undefined;
  if (kind === 'root') return rootEntry(mayStartTls);
  return kind === 'schema' ? schemaEntry : undefined;
}

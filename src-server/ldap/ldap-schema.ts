import type { Entry } from './ldap-entry.ts';

// What entries here are made of, for clients that ask before they search (RFC 4512, 4.4). Names and numbers are those of
// RFC 4512, RFC 4519, RFC 4524 and RFC 2798; what no entry here has is left out.

export const schemaName = 'cn=subschema';

const [directoryString, telephone, oid, ia5] = [15, 50, 38, 26].map((syntax) => `SYNTAX 1.3.6.1.4.1.1466.115.121.1.${syntax}`);
const text = `EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch ${directoryString}`;
const number = `EQUALITY telephoneNumberMatch SUBSTR telephoneNumberSubstringsMatch ${telephone}`;

const attributeTypes = [
  `( 2.5.4.0 NAME 'objectClass' EQUALITY objectIdentifierMatch ${oid} )`,
  `( 2.5.4.3 NAME ( 'cn' 'commonName' ) ${text} )`,
  `( 2.5.4.4 NAME ( 'sn' 'surname' ) ${text} )`,
  `( 2.5.4.10 NAME ( 'o' 'organizationName' ) ${text} )`,
  `( 2.5.4.20 NAME 'telephoneNumber' ${number} )`,
  `( 2.5.4.42 NAME ( 'givenName' 'gn' ) ${text} )`,
  `( 0.9.2342.19200300.100.1.1 NAME ( 'uid' 'userid' ) ${text} )`,
  `( 0.9.2342.19200300.100.1.25 NAME ( 'dc' 'domainComponent' ) EQUALITY caseIgnoreIA5Match SUBSTR caseIgnoreIA5SubstringsMatch ${ia5} SINGLE-VALUE )`,
  `( 0.9.2342.19200300.100.1.41 NAME ( 'mobile' 'mobileTelephoneNumber' ) ${number} )`,
  `( 2.16.840.1.113730.3.1.241 NAME 'displayName' ${text} SINGLE-VALUE )`,
];

const objectClasses = [
  `( 2.5.6.0 NAME 'top' ABSTRACT MUST objectClass )`,
  `( 2.5.6.4 NAME 'organization' SUP top STRUCTURAL MUST o MAY telephoneNumber )`,
  `( 2.5.6.6 NAME 'person' SUP top STRUCTURAL MUST ( sn $ cn ) MAY telephoneNumber )`,
  `( 2.5.6.7 NAME 'organizationalPerson' SUP person STRUCTURAL )`,
  `( 2.16.840.1.113730.3.2.2 NAME 'inetOrgPerson' SUP organizationalPerson STRUCTURAL MAY ( displayName $ givenName $ mobile $ o $ uid ) )`,
  `( 1.3.6.1.4.1.1466.344 NAME 'dcObject' SUP top AUXILIARY MUST dc )`,
];

/** The schema as an entry. It says nothing of anybody. */
export const schemaEntry: Entry = {
  id: schemaName,
  dn: schemaName,
  attributes: [
    ['objectClass', ['top', 'subentry', 'subschema']],
    ['cn', ['subschema']],
    ['attributeTypes', attributeTypes],
    ['objectClasses', objectClasses],
  ],
};

/** The type of a value in Apple's published schema of configuration profiles. */
export type AppleType = 'string' | 'integer' | 'real' | 'boolean' | 'data' | 'date' | 'array' | 'dictionary';

export interface AppleKey {
  readonly type: AppleType;
  readonly required?: true;
  readonly only?: readonly string[];
}

/** What every profile has at its top: mdm/profiles/TopLevel.yaml of github.com/apple/device-management. */
export const topLevelKeys: Readonly<Record<string, AppleKey>> = {
  PayloadIdentifier: { type: 'string', required: true },
  PayloadUUID: { type: 'string', required: true },
  PayloadType: { type: 'string', required: true, only: ['Configuration'] },
  PayloadVersion: { type: 'integer', required: true, only: ['1'] },
  PayloadContent: { type: 'array', required: true },
  PayloadDisplayName: { type: 'string' },
  PayloadDescription: { type: 'string' },
  PayloadOrganization: { type: 'string' },
  PayloadExpirationDate: { type: 'date' },
  ConsentText: { type: 'dictionary' },
  TargetDeviceType: { type: 'integer', only: ['0', '1', '2', '3', '4', '5'] },
  DurationUntilRemoval: { type: 'real' },
};

/** What every payload has: mdm/profiles/CommonPayloadKeys.yaml. */
const payloadKeys: Readonly<Record<string, AppleKey>> = {
  PayloadIdentifier: { type: 'string', required: true },
  PayloadUUID: { type: 'string', required: true },
  PayloadType: { type: 'string', required: true },
  PayloadVersion: { type: 'integer', required: true, only: ['1'] },
  PayloadDisplayName: { type: 'string' },
  PayloadDescription: { type: 'string' },
  PayloadOrganization: { type: 'string' },
};

/** mdm/profiles/com.apple.carddav.account.yaml */
export const carddavKeys: Readonly<Record<string, AppleKey>> = {
  ...payloadKeys,
  PayloadType: { type: 'string', required: true, only: ['com.apple.carddav.account'] },
  CardDAVHostName: { type: 'string', required: true },
  CardDAVPort: { type: 'integer' },
  CardDAVUseSSL: { type: 'boolean' },
  CardDAVPrincipalURL: { type: 'string' },
  CardDAVUsername: { type: 'string' },
  CardDAVPassword: { type: 'string' },
  CardDAVAccountDescription: { type: 'string' },
  CommunicationServiceRules: { type: 'dictionary' },
  VPNUUID: { type: 'string' },
};

/** mdm/profiles/com.apple.security.root.yaml */
export const rootKeys: Readonly<Record<string, AppleKey>> = {
  ...payloadKeys,
  PayloadType: { type: 'string', required: true, only: ['com.apple.security.root'] },
  PayloadContent: { type: 'data', required: true },
  PayloadCertificateFileName: { type: 'string' },
};

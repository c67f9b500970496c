import { bootstrapOrigin, portalAddress } from '../certificates/address.service.ts';
import { authorityCertificate, usesLocalAuthority } from '../certificates/certificates.service.ts';
import type { Context } from '../kernel/context.ts';
import { suffix } from '../ldap/distinguished-name.ts';
import { readLdapSettings } from '../ldap/ldap-settings.service.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { ciscoTexts, fanvilTexts, grandstreamTexts, snomTexts, yealinkTexts } from './desk-phone-texts.ts';
import { fritzboxTexts } from './fritzbox-texts.ts';
import { ldapTexts } from './ldap-texts.ts';
import type { PbxKind, PbxSourceInput, PbxSourceWithKey, SetupText } from './pbx.contract.ts';
import { readPbxSettings } from './pbx-settings.service.ts';
import type { SetupPlace } from './setup-place.ts';
import { addSource, renewKey, type SourceAndKey } from './sources.service.ts';
import { asteriskTexts, genericTexts, kamailioTexts, threeCxTexts } from './switch-texts.ts';

const textsOf: Readonly<Record<Exclude<PbxKind, 'ldap' | 'fritzbox'>, (place: SetupPlace) => SetupText[]>> = {
  yealink: yealinkTexts,
  snom: snomTexts,
  grandstream: grandstreamTexts,
  cisco: ciscoTexts,
  fanvil: fanvilTexts,
  '3cx': threeCxTexts,
  asterisk: asteriskTexts,
  kamailio: kamailioTexts,
  generic: genericTexts,
};

async function placeOf(ctx: Context, key: string): Promise<SetupPlace> {
  const [{ origin, hostName, port }, { name, country }, { plainPhoneBooks }, plainOrigin] = await Promise.all([
    portalAddress(ctx),
    readSettings(ctx, companySettings),
    readPbxSettings(ctx),
    bootstrapOrigin(ctx),
  ]);
  const phoneBookOrigin = plainPhoneBooks && plainOrigin !== null ? plainOrigin : origin;
  return { origin, hostName, port, key, title: name === '' ? 'Doorline' : name, country, phoneBookOrigin };
}

/** Our certificate authority, which whatever asks us over TLS must trust. */
async function authorityText(ctx: Context): Promise<SetupText[]> {
  const pem = await authorityCertificate(ctx);
  if (pem === undefined) return [];
  return [
    {
      title: 'Certificate authority of this desk',
      hint: 'The telephone system talks to this desk over TLS and must trust this certificate: install it there first. It holds no secret.',
      fileName: 'doorline-authority.pem',
      text: pem,
    },
  ];
}

async function ownTexts(ctx: Context, { source, key }: SourceAndKey): Promise<SetupText[]> {
  const place = await placeOf(ctx, key);
  if (source.kind === 'fritzbox') return fritzboxTexts(place, source.id);
  if (source.kind !== 'ldap') return textsOf[source.kind](place);
  const { isPlainOn, plainPort, tlsPort } = await readLdapSettings(ctx);
  return ldapTexts({ hostName: place.hostName, port: isPlainOn ? plainPort : tlsPort, isTls: !isPlainOn, base: suffix, sourceId: source.id, key });
}

async function withSetup(ctx: Context, { source, key }: SourceAndKey): Promise<PbxSourceWithKey> {
  const usesOwnAuthority = await usesLocalAuthority(ctx);
  // A FRITZ!Box has no place to install an authority.
  const mayTrustOurs = usesOwnAuthority && source.kind !== 'fritzbox';
  const setup = [...(await ownTexts(ctx, { source, key })), ...(mayTrustOurs ? await authorityText(ctx) : [])];
  return { source, key, setup, usesOwnAuthority };
}

/** Connects a system and answers its configuration, ready to be copied: the key is in it and shown this once. */
export async function connectSource(ctx: Context, input: PbxSourceInput): Promise<PbxSourceWithKey> {
  return withSetup(ctx, await addSource(ctx, input));
}

/** Another key, and the configuration with it. */
export async function renewSourceKey(ctx: Context, id: string): Promise<PbxSourceWithKey> {
  return withSetup(ctx, await renewKey(ctx, id));
}

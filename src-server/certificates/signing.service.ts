import type { Context } from '../kernel/context.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { authorityProfile } from './authority-profile.ts';
import { chooseWords } from './bootstrap-words.ts';
import { authorityCertificate, ensureServerCertificate } from './certificates.service.ts';
import { signedData } from './cms-signature.ts';

const certificatesIn = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/gu;

/**
 * Signs a file as this desk, with the certificate phones know it by, so that one that trusts the desk shows the file as
 * verified. A key that can't sign such files leaves it as it is: phones show it as not signed, and take it too.
 */
export async function signAsDesk(ctx: Context, content: Buffer): Promise<Buffer> {
  const [{ cert, key }, authority] = await Promise.all([ensureServerCertificate(ctx), authorityCertificate(ctx)]);
  const chainPem = [...new Set([...(cert.match(certificatesIn) ?? []), ...(authority?.match(certificatesIn) ?? [])])];
  return signedData(content, { chainPem, privateKeyPem: key }, ctx.now()) ?? content;
}

/** The desk's authority as a profile for iPhones; undefined while an uploaded certificate is in use. */
export async function signedAuthorityProfile(ctx: Context, acceptLanguage: string | undefined): Promise<Buffer | undefined> {
  const certificatePem = await authorityCertificate(ctx);
  if (certificatePem === undefined) return undefined;
  const { name } = await readSettings(ctx, companySettings);
  const { words } = chooseWords(acceptLanguage);
  return signAsDesk(ctx, authorityProfile({ certificatePem, organisation: name === '' ? 'Doorline' : name, description: words.profile }));
}

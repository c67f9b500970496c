import { X509Certificate } from 'node:crypto';
import { configurationProfile } from '../kernel/configuration-profile.ts';
import { plistData, plistInteger, plistText } from '../kernel/plist.ts';
import { fingerprintOf } from './issue-certificate.ts';

/**
 * The desk's authority as a configuration profile, for iPhones and iPads. It holds nothing else: an account that came
 * with it would be tried before its owner had switched the trust on (Apple, HT204477).
 */
export function authorityProfile(authority: { readonly certificatePem: string; readonly organisation: string; readonly description: string }): Buffer {
  const fingerprint = fingerprintOf(authority.certificatePem);
  const identifier = `app.doorline.authority.${fingerprint.slice(0, 16)}`;
  return configurationProfile({
    identifier,
    displayName: 'Doorline certificate',
    edition: fingerprint,
    entries: [
      plistText('PayloadOrganization', authority.organisation),
      plistText('PayloadDescription', authority.description),
      plistInteger('TargetDeviceType', 1),
    ],
    payloads: [
      {
        type: 'com.apple.security.root',
        identifier: `${identifier}.root`,
        displayName: /^CN=(.*)$/mu.exec(new X509Certificate(authority.certificatePem).subject)?.[1] ?? 'Doorline',
        entries: [
          plistText('PayloadCertificateFileName', 'doorline-authority.crt'),
          plistData('PayloadContent', new X509Certificate(authority.certificatePem).raw),
        ],
      },
    ],
  });
}

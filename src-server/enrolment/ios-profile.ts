import { configurationProfile } from '../kernel/configuration-profile.ts';
import { plistDictionary, plistInteger, plistReal, plistText, plistTrue } from '../kernel/plist.ts';
import type { SetupLanguage } from './enrolment.contract.ts';
import { profileTexts } from './profile-texts.ts';

/** What the account on an iPhone is made of. */
export interface CardDavAccount {
  readonly deviceId: string;
  readonly password: string;
  readonly hostName: string;
  readonly port: number;
  readonly deskName: string;
  readonly leaseDays: number | null;
  readonly language: SetupLanguage;
  /** Tells this issue from earlier ones: when it was made. */
  readonly edition: string;
}

const languages = ['en', 'pl', 'de'] as const;

/**
 * The CardDAV account of one phone as a configuration profile (`com.apple.carddav.account`, Apple's published schema).
 * Its identifier is the phone's, so that installing it again replaces the account; the phone removes it by itself when
 * the lease is over.
 */
export function carddavProfile(account: CardDavAccount): Buffer {
  const { deviceId, leaseDays, language } = account;
  const identifier = `app.doorline.callerid.${deviceId}`;
  const consent = (code: SetupLanguage): string => profileTexts[code].consent(account.deskName, leaseDays);
  return configurationProfile({
    identifier,
    displayName: profileTexts[language].name,
    edition: account.edition,
    entries: [
      plistText('PayloadOrganization', account.deskName),
      plistText('PayloadDescription', profileTexts[language].description),
      plistDictionary('ConsentText', [plistText('default', consent('en')), ...languages.map((code) => plistText(code, consent(code)))]),
      // 1: iPhone, iPad; otherwise a phone with a watch asks for which of them it is.
      plistInteger('TargetDeviceType', 1),
      ...(leaseDays === null ? [] : [plistReal('DurationUntilRemoval', leaseDays * 86_400)]),
    ],
    payloads: [
      {
        type: 'com.apple.carddav.account',
        identifier: `${identifier}.dav`,
        displayName: account.deskName,
        entries: [
          plistText('CardDAVAccountDescription', account.deskName),
          plistText('CardDAVHostName', account.hostName),
          plistInteger('CardDAVPort', account.port),
          plistTrue('CardDAVUseSSL'),
          plistText('CardDAVPrincipalURL', `/dav/p/${deviceId}/`),
          plistText('CardDAVUsername', deviceId),
          plistText('CardDAVPassword', account.password),
        ],
      },
    ],
  });
}

import type { DeskStatus } from './insights.contract.ts';

export type PartHealth = DeskStatus['parts'][number];

const day = 86_400_000;

/** What is known of each part; the rules below turn it into a state and a sentence. */
export interface Facts {
  readonly now: Date;
  readonly portal: { readonly isOn: boolean; readonly url: string };
  readonly certificate: { readonly notAfter: string; readonly origin: string } | undefined;
  readonly phones: {
    readonly active: number;
    /** Those that read no contacts for two days. */
    readonly silent: number;
    /** Those that read none yet, or must be set up again. */
    readonly waiting: number;
    readonly inSync: number;
    /** Those whose lease is to be renewed, or is over. */
    readonly ending: number;
    readonly endingIphones: number;
    /** Those whose account is used by two. */
    readonly shared: number;
  };
  readonly mail: { readonly isSet: boolean; readonly waiting: number; readonly failed: number };
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number };
  readonly backup: { readonly at: string; readonly isVerified: boolean; readonly error: string | null } | undefined;
  readonly unreadableNumbers: number;
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function portalHealth({ portal }: Facts): PartHealth {
  return portal.isOn
    ? { part: 'portal', health: 'good', title: 'Portal is on', message: portal.url, action: null }
    : { part: 'portal', health: 'off', title: 'Portal is off', message: 'Customers see a closed page.', action: 'portal' };
}

function certificateHealth({ certificate, now }: Facts): PartHealth {
  if (certificate === undefined) {
    return { part: 'certificate', health: 'bad', title: 'No certificate', message: 'Customers and phones can’t connect safely.', action: 'settings/address' };
  }
  const daysLeft = Math.floor((Date.parse(certificate.notAfter) - now.getTime()) / day);
  const title = daysLeft < 0 ? 'Certificate has expired' : `Certificate: ${counted(daysLeft, 'day', 'days')} left`;
  if (certificate.origin === 'local' && daysLeft > 7) {
    return { part: 'certificate', health: 'good', title, message: 'Doorline renews it by itself.', action: null };
  }
  if (daysLeft > 30) return { part: 'certificate', health: 'good', title, message: 'Upload the next one before it ends.', action: null };
  const health = daysLeft > 7 ? 'attention' : 'bad';
  return { part: 'certificate', health, title, message: 'Renew it or upload a new one.', action: 'settings/address' };
}

function phonesHealth({ phones }: Facts): PartHealth {
  if (phones.active === 0) {
    return { part: 'phones', health: 'off', title: 'No phone paired', message: 'Pair the first one to see who calls.', action: 'phones' };
  }
  if (phones.shared > 0) {
    return {
      part: 'phones',
      health: 'bad',
      title: `Two readers on the account of ${counted(phones.shared, 'phone', 'phones')}`,
      message: 'Somebody else may be reading the contacts. The phone’s page says what was seen.',
      action: 'phones',
    };
  }
  if (phones.silent > 0) {
    return {
      part: 'phones',
      health: 'attention',
      title: `${counted(phones.silent, 'phone', 'phones')} silent for two days`,
      message: `${counted(phones.inSync, 'phone is', 'phones are')} in sync.`,
      action: 'phones',
    };
  }
  if (phones.ending > 0) {
    return {
      part: 'phones',
      health: 'attention',
      title: `Caller ID ends on ${phones.endingIphones === phones.ending ? counted(phones.ending, 'iPhone', 'iPhones') : counted(phones.ending, 'phone', 'phones')}`,
      message: 'Its owner renews it on the phone page, under This phone.',
      action: 'phones',
    };
  }
  if (phones.waiting > 0) {
    return {
      part: 'phones',
      health: 'attention',
      title: `${counted(phones.waiting, 'phone has', 'phones have')} not read the contacts`,
      message: 'The list of phones says what each is waiting for.',
      action: 'phones',
    };
  }
  return {
    part: 'phones',
    health: 'good',
    title: `${counted(phones.active, 'phone', 'phones')} in sync`,
    message: 'All read their contacts in the last two days.',
    action: null,
  };
}

function mailHealth({ mail }: Facts): PartHealth {
  if (!mail.isSet) {
    return { part: 'mail', health: 'off', title: 'Mail is not set up', message: 'Invitations can be copied as links until then.', action: 'settings/mail' };
  }
  if (mail.failed > 0) {
    return {
      part: 'mail',
      health: 'bad',
      title: `${counted(mail.failed, 'mail', 'mails')} could not be sent`,
      message: 'See what the mail server said.',
      action: 'settings/mail',
    };
  }
  const message = mail.waiting === 0 ? 'Nothing is waiting.' : `${counted(mail.waiting, 'mail is', 'mails are')} on the way.`;
  return { part: 'mail', health: 'good', title: 'Mail is being sent', message, action: null };
}

function diskHealth({ disk }: Facts): PartHealth {
  const gigabytes = disk.freeBytes / 1_000_000_000;
  const title = `${gigabytes >= 10 ? Math.floor(gigabytes).toLocaleString('en') : gigabytes.toFixed(1)} GB free`;
  const isShort = gigabytes < 1 || disk.freeBytes < disk.totalBytes * 0.05;
  return isShort
    ? { part: 'disk', health: 'bad', title, message: 'Make room on this disk, or new tickets and files can’t be kept.', action: null }
    : { part: 'disk', health: 'good', title, message: 'Enough room for tickets and files.', action: null };
}

function backupHealth({ backup, now }: Facts): PartHealth {
  if (backup === undefined) {
    return {
      part: 'backup',
      health: 'attention',
      title: 'No backup yet',
      message: 'One is made each night; make the first one now.',
      action: 'settings/backups',
    };
  }
  if (!backup.isVerified) {
    return { part: 'backup', health: 'bad', title: 'The last backup failed', message: backup.error ?? 'It could not be verified.', action: 'settings/backups' };
  }
  const age = now.getTime() - Date.parse(backup.at);
  return age > 2 * day
    ? {
        part: 'backup',
        health: 'attention',
        title: `Last backup ${Math.floor(age / day)} days ago`,
        message: 'Was the PC off at night?',
        action: 'settings/backups',
      }
    : { part: 'backup', health: 'good', title: 'Backed up', message: 'The newest backup is less than two days old and verified.', action: null };
}

function numbersHealth({ unreadableNumbers }: Facts): PartHealth {
  return unreadableNumbers === 0
    ? { part: 'numbers', health: 'good', title: 'Every number is readable', message: 'Each stored number can ring a name.', action: null }
    : {
        part: 'numbers',
        health: 'attention',
        title: `${counted(unreadableNumbers, 'number', 'numbers')} can’t be read`,
        message: 'They can’t ring a name until they are mended.',
        action: 'people/numbers',
      };
}

/** Every part's state with a sentence and, where something is to be done, the screen that does it. */
export function healthOf(facts: Facts): PartHealth[] {
  return [portalHealth, certificateHealth, phonesHealth, mailHealth, backupHealth, diskHealth, numbersHealth].map((judge) => judge(facts));
}

import type { AuditEntry } from '#server/audit/audit.contract.ts';

/** What each act is called. Acts of a later version read as their own name. */
const words: Readonly<Record<string, string>> = {
  'address.changed': 'Changed the address',
  'agent.added': 'Added a colleague',
  'agent.changed': 'Changed a colleague',
  'authority.made': 'Made the certificate authority',
  'calls.settings-changed': 'Changed what becomes of missed calls',
  'certificate.issued': 'Issued a certificate',
  'certificate.uploaded': 'Uploaded a certificate',
  'company.changed': 'Changed the company',
  'company.removed': 'Removed a company',
  'console.opened': 'Opened the console in a browser',
  'contact.removed': 'Removed a contact',
  'deal.removed': 'Removed a deal',
  'desk.seeded': 'Filled the desk with demo data',
  'device.changed': 'Changed a phone',
  'device.paired': 'Paired a phone',
  'device.reads-too-much': 'A phone read more than usual',
  'device.account-made': 'Set up the address book on a phone',
  'device.account-shared': 'Noticed two readers on a phone’s account',
  'device.account-stopped': 'Stopped the address book of a phone',
  'device.account-stopped-again': 'Stopped the address book of a phone again after a restore',
  'device.lease-ended': 'A phone’s lease ended',
  'device.lease-renewed': 'Renewed a phone’s lease',
  'device.renewal-asked': 'Asked for a phone’s lease to be renewed',
  'device.revoked': 'Ended a phone’s access',
  'device.revoked-again': 'Ended a phone’s access again after a restore',
  'device.sharing-dismissed': 'Said that a phone’s account is used by one phone',
  'device.wipe-requested': 'Asked a phone to wipe its contacts',
  'device.wipe-requested-again': 'Asked a phone to wipe its contacts again after a restore',
  'device.wiped': 'A phone wiped its contacts',
  'pbx.connected': 'Connected a telephone system',
  'pbx.changed': 'Changed a telephone system',
  'pbx.key-renewed': 'Gave a telephone system another key',
  'pbx.revoked': 'Ended a telephone system’s access',
  'pbx.revoked-again': 'Ended a telephone system’s access again after a restore',
  'pbx.settings-changed': 'Changed how phone books are served',
  'suggested-edit.accepted': 'Accepted an edit made on a phone',
  'suggested-edit.dismissed': 'Dismissed an edit made on a phone',
  'import.started': 'Started an import',
  'import.cancelled': 'Stopped an import',
  'import.finished': 'Imported a file',
  'import.released': 'Showed imported tickets to customers',
  'import.undone': 'Took an import back',
  'list.added': 'Made a list',
  'list.changed': 'Changed a list',
  'list.members-changed': 'Changed who is on a list',
  'list.removed': 'Removed a list',
  'mail.changed': 'Changed the mail server',
  'mail.retried': 'Sent a mail again',
  'member.changed': 'Changed a portal member',
  'member.invited': 'Invited a customer',
  'member.link-made': 'Made a link for a customer',
  'number.marked': 'Marked a number',
  'pairing.approved': 'Approved a phone',
  'pairing.cancelled': 'Stopped a pairing',
  'pairing.declined': 'Declined a phone',
  'pairing.locked': 'Pairing was locked after wrong codes',
  'pairing.unlocked': 'Opened pairing again',
  'pairing.opened-to-other-networks': 'Let a phone of another network pair',
  'pairing.started': 'Began to pair a phone',
  'portal.changed': 'Changed the portal',
  'portal.closed': 'Turned the portal off',
  'portal.opened': 'Turned the portal on',
  'property.added': 'Added a property',
  'property.changed': 'Changed a property',
  'property.removed': 'Removed a property',
  'setup.finished': 'Finished setting up',
};

/** "Invited a customer". */
export function actInWords(action: string): string {
  return words[action] ?? action.replaceAll(/[.-]/gu, ' ').replace(/^./u, (letter) => letter.toUpperCase());
}

/** What may be asked for, by name. */
export const actChoices = [
  { value: '', label: 'Everything' },
  ...Object.entries(words)
    .map(([value, label]) => ({ value, label }))
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en')),
];

/** The details of an act in one line: "name: Hartmann Optik, country: DE". */
export function detailInWords(entry: AuditEntry): string {
  return Object.entries(entry.detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

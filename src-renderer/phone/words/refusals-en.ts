/** What the desk says when it refuses, by the code of the refusal: its own sentences are English. */
export const englishRefusals = {
  'account-to-load': 'The account on this phone has to be loaded again: open “Caller ID on the call screen” and follow the steps.',
  'cursor-gone': 'The desk does not know any more what this phone has. Choose “Read everything again”.',
  'database-damaged': 'Nothing was changed, because a part of the desk’s data is damaged. Tell your manager.',
  'device-moved-on': 'The desk has ended this phone meanwhile.',
  'device-wiping': 'The desk is emptying this phone.',
  'disk-broken': 'Nothing was changed, because the desk’s PC can’t write to its disk. Tell your manager.',
  'disk-full': 'Nothing was changed, because the disk of the desk’s PC is full. Tell your manager.',
  'idempotency-key-used-twice': 'This was sent before with another content. Save it once more.',
  internal: 'Something went wrong on the desk, and nothing was changed. Try again. If it happens again, tell your manager this:',
  'invalid-input': 'The desk does not take this as it is. Check what you wrote.',
  'no-account-yet': 'This phone has no account of the desk yet. Go through the steps above first, then try a call.',
  'not-found': 'This is not there any more.',
  'not-paired': 'This phone is not with the desk any more. Ask for a pairing code and scan it.',
  'other-network':
    'This phone is not on the office network. Connect it to the office Wi-Fi and try again, or ask the manager to let phones of other networks in.',
  'pairing-gone': 'This pairing code is used up or too old. Start a new one on the PC and scan it.',
  'pairing-locked': 'Too many wrong pairing codes came in. Wait ten minutes, then scan a new one.',
  'pairing-waits': 'Waiting for the manager to compare the six digits and approve.',
  'too-many-accounts': 'This phone has made a new account too often in the last hour. Wait an hour, then try again.',
  'too-many-full-reads': 'This phone has read all contacts too often in the last hour. Wait an hour, then try again.',
  /** For all that this page can’t have sent as it arrived. */
  unreadable: 'What this phone sent reached the desk broken. Try again.',
  fields: { contactId: 'This contact is not there any more. Choose another.' },
};

export type RefusalWords = typeof englishRefusals;

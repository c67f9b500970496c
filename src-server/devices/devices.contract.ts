import { z } from 'zod';
import { Id, IsoTime, pageOf, PageQuery, visible } from '../kernel/primitives.contract.ts';

/**
 * Which contacts a phone gets: everybody who may be published, or the contacts of chosen lists; of these the `most`
 * most recently active ones, or all where it is null. Whoever is left out is looked up while they ring.
 */
export const DeviceScope = z.object({
  everyone: z.boolean().default(true),
  listIds: z.array(Id).max(50).default([]),
  most: z
    .number()
    .int('Write a whole number.')
    .min(1, 'Let at least one contact onto the phone.')
    .max(2_000_000, 'At most 2,000,000 contacts.')
    .nullable()
    .default(null),
});
export type DeviceScope = z.infer<typeof DeviceScope>;

/** The same for a phone, with what of each contact it gets: names and numbers always. */
export const PhoneScope = DeviceScope.extend({
  /** Whether a person's company stands beside the name. Apps that may read contacts read it too. */
  showsCompany: z.boolean().default(true),
});
export type PhoneScope = z.infer<typeof PhoneScope>;

/** What a phone is called. */
const DeviceName = z.string().trim().regex(visible, 'Give the phone a name, such as “Anna’s iPhone”.').max(80, 'At most 80 characters.');

/** How long contacts stay on a phone without being renewed, in days; null: for ever. */
export const LeaseDays = z
  .number('Write a whole number of days.')
  .int('Write a whole number of days.')
  .min(1, 'A lease lasts at least one day.')
  .max(3650, 'A lease lasts at most ten years.')
  .nullable();

/** The lease of a phone whose pairing says nothing else. */
export const usualLease = 90;

export const ScopePreviewQuery = z.object({
  everyone: z.stringbool().default(true),
  listIds: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((id) => id !== ''))
    .pipe(z.array(Id).max(50)),
  most: z.coerce.number().int().min(1).nullable().default(null),
});
export type ScopePreviewQuery = z.infer<typeof ScopePreviewQuery>;
/** What a scope would put onto a phone. Counting ends somewhere: then a figure says that there are at least so many. */
export const ScopePreview = z.object({
  /** Contacts of the scope, whether phones may show them or not. */
  contacts: z.number().int(),
  areContactsAtLeast: z.boolean(),
  /** Of these: published, with a name and a number that can ring. */
  presentable: z.number().int(),
  arePresentableAtLeast: z.boolean(),
  /** The cap that was asked about. */
  most: z.number().int().nullable(),
  /** Of those as many as it lets in. */
  onPhone: z.number().int(),
  /** Of the contacts: kept off the phones by their switch. Null where not all of them were looked at. */
  keptOff: z.number().int().nullable(),
  /** When the least active one under a cap that is full was active last. Null for lists, whose order is not kept. */
  leastActiveAt: IsoTime.nullable(),
});
export type ScopePreview = z.infer<typeof ScopePreview>;

export const DeviceSwitches = z.object({ callerId: z.boolean(), logCalls: z.boolean(), outcomeScreen: z.boolean(), showDeal: z.boolean() });
export type DeviceSwitches = z.infer<typeof DeviceSwitches>;
export const DeviceSwitchesPatch = DeviceSwitches.partial();
export type DeviceSwitchesPatch = z.infer<typeof DeviceSwitchesPatch>;
/** What a phone may change about itself: its switches, alone or inside `settings` as `me` shows them. */
export const MePatch = DeviceSwitchesPatch.extend({ settings: DeviceSwitchesPatch.optional() }).strict();
export type MePatch = z.infer<typeof MePatch>;

export const Platform = z.enum(['ios', 'android', 'other']);
export type Platform = z.infer<typeof Platform>;

/**
 * What keeps a phone from having its contacts as it should. `account-shared`: two readers use its account. `not-ticked`: it
 * is signed in, but its book was never asked for. `account-stopped`: its password was stopped, it is to be loaded again.
 * `never-read`, `silent`: it read no contacts yet, or none for two days. `old-certificate`: it was not back since the
 * certificate was renewed.
 */
export const DeviceTrouble = z.enum([
  'account-shared',
  'not-ticked',
  'lease-over',
  'account-stopped',
  'never-read',
  'silent',
  'old-certificate',
  'lease-ending',
]);
export type DeviceTrouble = z.infer<typeof DeviceTrouble>;

/** What a phone's own contacts app did with its address book (CardDAV). */
export const AddressBookUse = z.object({
  /** What reads it, as it calls itself (User-Agent). */
  client: z.string().nullable(),
  signedInAt: IsoTime,
  /** When it first asked for the book itself; null: signed in, but the book is not ticked. */
  bookSeenAt: IsoTime.nullable(),
  readAt: IsoTime.nullable(),
  cards: z.number().int(),
  cardsInScope: z.number().int(),
  /** While it is wiped, or its lease is over: when it fetched the empty book. */
  emptiedAt: IsoTime.nullable(),
});

export const Device = z.object({
  id: Id,
  name: z.string(),
  agent: z.object({ id: Id, name: z.string() }),
  platform: Platform,
  state: z.enum(['active', 'wiping', 'wiped', 'revoked']),
  scope: PhoneScope,
  settings: DeviceSwitches,
  contactsSynced: z.number().int(),
  contactsInScope: z.number().int(),
  changesBehind: z.number().int(),
  lastSeenAt: IsoTime.nullable(),
  lastSyncAt: IsoTime.nullable(),
  lastIp: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** Null: its contacts app was never signed in. */
  addressBook: AddressBookUse.nullable(),
  /** What is wrong with it while it is in use, the worst of it; null: nothing. */
  trouble: DeviceTrouble.nullable(),
  /** The password of its address book was stopped: by the manager, or a day after an iPhone dropped the account. It is to be loaded again. */
  isAccountStopped: z.boolean(),
  /** Two readers share its account, so that somebody else may have its password: what was seen and what to do, in words. */
  accountSharing: z.object({ at: IsoTime, sentence: z.string() }).nullable(),
  /** Which certificate its contacts app was last served: the one in use now, or one from before. Null: none yet. */
  certificateSeen: z.enum(['current', 'older']).nullable(),
  /** When Doorline’s page or an app on it first used its key; null: never. */
  pageSeenAt: IsoTime.nullable(),
  /** When the phone page or app confirmed that it removed everything. */
  pageErasedAt: IsoTime.nullable(),
  leaseDays: LeaseDays,
  /** When the contacts leave the phone; null: never, or it has no account yet. */
  leaseEndsAt: IsoTime.nullable(),
  /** `ending`: it is time to renew it. `over`: the phone gets no contacts until it is renewed. */
  leaseState: z.enum(['none', 'running', 'ending', 'over']),
  /** Who ends the lease. `phone`: an iPhone, by its profile, which is to be loaded again. `desk`: the desk, which hands out an empty address book. */
  leaseEndedBy: z.enum(['phone', 'desk']),
  /** The manager asked for a renewal, and that has not happened yet. */
  leaseRenewalAskedAt: IsoTime.nullable(),
  wipeRequestedAt: IsoTime.nullable(),
  wipeConfirmedAt: IsoTime.nullable(),
  revokedAt: IsoTime.nullable(),
  createdAt: IsoTime,
});
export type Device = z.infer<typeof Device>;

export const SimulationQuery = z.object({ number: z.string().trim().min(1, 'Give the number that calls.').max(100) });
/** What each phone in use would show for a number, and why, in a sentence. */
export const Simulation = z.object({
  phones: z.array(
    z.object({
      id: Id,
      name: z.string(),
      agentName: z.string(),
      /** `held`: its own contacts know the number; `look-up`: Doorline’s page or an app asks the desk; `nothing`: the bare number. */
      how: z.enum(['held', 'look-up', 'nothing']),
      shows: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  /** More phones than are listed. */
  more: z.boolean(),
});
export type Simulation = z.infer<typeof Simulation>;
export type SimulatedPhone = Simulation['phones'][number];

/** One of a phone's last requests; secrets are left out. */
export const DeviceRequest = z.object({
  id: z.number().int(),
  at: IsoTime,
  method: z.string(),
  path: z.string(),
  status: z.number().int(),
  note: z.string().nullable(),
  milliseconds: z.number().int(),
  userAgent: z.string().nullable(),
  /** Where it came from. */
  ip: z.string().nullable(),
});
export type DeviceRequest = z.infer<typeof DeviceRequest>;
/** The newest first. `alerts` are what a manager should look into, each in a sentence. */
export const DeviceTrace = z.object({ items: z.array(DeviceRequest), alerts: z.array(z.string()) });
export type DeviceTrace = z.infer<typeof DeviceTrace>;
export const DevicePage = pageOf(Device);
/** `attention`: those that do not have their contacts as they should, and those not yet confirmed as wiped. */
export const DeviceListState = z.enum(['in-use', 'attention', 'ended']);
export type DeviceListState = z.infer<typeof DeviceListState>;
/** `search`: every word begins a word of the phone's name or of the name of who carries it. */
export const DeviceListQuery = PageQuery.extend({ search: z.string().max(200).optional(), state: DeviceListState.optional() });
export type DeviceListQuery = z.infer<typeof DeviceListQuery>;
export const DevicePatch = z.object({ name: DeviceName, scope: PhoneScope, settings: DeviceSwitchesPatch, leaseDays: LeaseDays }).partial();
export type DevicePatch = z.infer<typeof DevicePatch>;

export const PairingInput = z.object({
  deviceName: DeviceName,
  agentId: Id.optional(),
  scope: PhoneScope.default({ everyone: true, listIds: [], most: null, showsCompany: true }),
  leaseDays: LeaseDays.default(usualLease),
  /** Lets a phone in that reaches this PC through a router, such as the office Wi-Fi being a network of its own. */
  allowOtherNetworks: z.boolean().default(false),
});
export type PairingInput = z.infer<typeof PairingInput>;
/** The link is shown once: it holds the one-time token after its `#`. */
export const PairingStarted = z.object({
  id: Id,
  url: z.string(),
  token: z.string(),
  qrSvg: z.string(),
  typedAddress: z.string(),
  expiresAt: IsoTime,
  /** SHA-256 of the certificate the phone is asked to trust first, `AB:CD:…`; null where it trusts the desk already. */
  authorityFingerprint: z.string().nullable(),
});
export type PairingStarted = z.infer<typeof PairingStarted>;
export const Pairing = z.object({
  id: Id,
  deviceName: z.string(),
  state: z.enum(['open', 'claimed', 'approved', 'completed', 'declined', 'expired', 'cancelled']),
  expiresAt: IsoTime,
  claim: z.object({ name: z.string(), platform: Platform, userAgent: z.string(), ip: z.string(), isSameNetwork: z.boolean(), code: z.string() }).nullable(),
  allowsOtherNetworks: z.boolean(),
  /** The address of a phone that was turned away because it is on another network. */
  refusedIp: z.string().nullable(),
  /** Pairing rests until then, because too many wrong codes came in; null while it does not. */
  lockedUntil: IsoTime.nullable(),
  deviceId: Id.nullable(),
});
export type Pairing = z.infer<typeof Pairing>;

// The device API, version 1: fixed, because phones we did not write rely on it ------------------------------------------

export const ClaimInput = z.object({ token: z.string().max(200), deviceName: DeviceName, platform: Platform });
export type ClaimInput = z.infer<typeof ClaimInput>;
export const ClaimAnswer = z.object({ claimId: Id, code: z.string().regex(/^\d{6}$/u) });
export type ClaimAnswer = z.infer<typeof ClaimAnswer>;
export const CompleteInput = z.object({ claimId: Id, token: z.string().max(200) });
export type CompleteInput = z.infer<typeof CompleteInput>;
export const CompleteAnswer = z.object({
  deviceId: Id,
  deviceToken: z.string(),
  serverName: z.string(),
  davUrl: z.string(),
  davUsername: z.string(),
  davPassword: z.string(),
});
export type CompleteAnswer = z.infer<typeof CompleteAnswer>;

export const DeviceMe = z.object({
  deviceId: Id,
  name: z.string(),
  serverName: z.string(),
  settings: DeviceSwitches,
  scope: PhoneScope,
  lastSyncAt: IsoTime.nullable(),
  contactsSynced: z.number().int(),
  /** When the address book ends on this phone: an iPhone drops it, elsewhere it is emptied. Null: never, or there is none. */
  accountEndsAt: IsoTime.nullable(),
  /** The address book is to be renewed: it ends soon, has ended, or the manager asked for it. */
  renewAccount: z.boolean(),
  wipe: z.boolean(),
});
export type DeviceMe = z.infer<typeof DeviceMe>;

export const LookupQuery = z.object({ number: z.string().trim().min(1, 'Give the number that calls.').max(100) });

/** `contactIds: false`: for a call directory, which has no use for them; they are more than half of what goes over the air. */
export const DirectoryQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(5000),
  contactIds: z.stringbool().default(true),
});
export type DirectoryQuery = z.infer<typeof DirectoryQuery>;
/** `add`: [digits, label, contact id]. Digits ascend numerically and are unique over all pages. `total`: numbers in the whole directory. */
export const DirectoryAnswer = z.object({
  mode: z.enum(['full', 'delta']),
  add: z.array(z.tuple([z.string(), z.string(), Id])),
  remove: z.array(z.string()),
  cursor: z.string(),
  more: z.boolean(),
  total: z.number().int(),
});
export type DirectoryAnswer = z.infer<typeof DirectoryAnswer>;
/** The same without contact ids. `add`: [digits, label]. */
export const PlainDirectoryAnswer = DirectoryAnswer.extend({ add: z.array(z.tuple([z.string(), z.string()])) });

import { z } from 'zod';
import { DeviceScope } from '../devices/devices.contract.ts';
import { Id, IsoTime } from '../kernel/primitives.contract.ts';

/** What kind of telephone or telephone system: decides the ready-made configuration and the form of its phone book. */
export const PbxKind = z.enum(['yealink', 'snom', 'grandstream', 'cisco', 'fanvil', 'fritzbox', '3cx', 'asterisk', 'kamailio', 'ldap', 'generic']);
export type PbxKind = z.infer<typeof PbxKind>;

export const Extension = z.object({
  extension: z
    .string()
    .trim()
    .regex(/^[\w.+-]{1,40}$/u, 'Write an extension such as 101.'),
  agentId: Id,
});
export type Extension = z.infer<typeof Extension>;

const Name = z.string().trim().min(1, 'Give it a name, such as “Reception”.').max(80);
const Addresses = z.array(z.string().trim().min(1).max(64)).max(20);
const MostEntries = z.number().int().min(1).max(10_000).nullable();
const Extensions = z.array(Extension).max(500);

export const PbxSourceInput = z.object({
  name: Name,
  kind: PbxKind,
  scope: DeviceScope.default({ everyone: true, listIds: [], most: null }),
  /** Where it must come from: addresses and networks such as 192.168.1.20 and 10.0.0.0/24. None: from anywhere. */
  addresses: Addresses.default([]),
  /** Entries of its phone book; null: as many as its maker's telephones take. */
  mostEntries: MostEntries.default(null),
  extensions: Extensions.default([]),
});
export type PbxSourceInput = z.infer<typeof PbxSourceInput>;

export const PbxSourcePatch = z.object({ name: Name, scope: DeviceScope, addresses: Addresses, mostEntries: MostEntries, extensions: Extensions }).partial();
export type PbxSourcePatch = z.infer<typeof PbxSourcePatch>;

export const PbxSource = z.object({
  id: Id,
  name: z.string(),
  kind: PbxKind,
  state: z.enum(['active', 'revoked']),
  scope: DeviceScope,
  addresses: z.array(z.string()),
  mostEntries: z.number().int().nullable(),
  extensions: z.array(Extension),
  numbersInScope: z.number().int(),
  firstUsedAt: IsoTime.nullable(),
  lastUsedAt: IsoTime.nullable(),
  lastIp: z.string().nullable(),
  revokedAt: IsoTime.nullable(),
  createdAt: IsoTime,
});
export type PbxSource = z.infer<typeof PbxSource>;
export const PbxSourceList = z.object({ items: z.array(PbxSource) });

/** A piece of ready-made configuration, to copy or to save under `fileName`. */
export const SetupText = z.object({ title: z.string(), hint: z.string(), fileName: z.string(), text: z.string() });
export type SetupText = z.infer<typeof SetupText>;

/** The key is shown once, inside its configuration and alone; only its SHA-256 is kept. */
export const PbxSourceWithKey = z.object({ source: PbxSource, key: z.string(), setup: z.array(SetupText), usesOwnAuthority: z.boolean() });
export type PbxSourceWithKey = z.infer<typeof PbxSourceWithKey>;

export const PbxRequest = z.object({
  at: IsoTime,
  what: z.string(),
  status: z.number().int(),
  note: z.string().nullable(),
  ip: z.string(),
  milliseconds: z.number().int(),
});
export type PbxRequest = z.infer<typeof PbxRequest>;
export const PbxRequestList = z.object({ items: z.array(PbxRequest) });

/** One step of the self-test. `detail` is what came back, or what to do. */
export const SelfTestStep = z.object({ title: z.string(), isPassed: z.boolean(), detail: z.string() });
export type SelfTestStep = z.infer<typeof SelfTestStep>;
export const SelfTest = z.object({ isPassed: z.boolean(), steps: z.array(SelfTestStep) });
export type SelfTest = z.infer<typeof SelfTest>;
export const SelfTestInput = z.object({ key: z.string().max(200) });

/** Whether phone books are also served without encryption, for telephones that know no modern TLS. */
export const PbxSettings = z.object({ plainPhoneBooks: z.boolean().default(false) });
export type PbxSettings = z.infer<typeof PbxSettings>;

// What telephone systems ask and report: fixed, because systems we did not write rely on it ------------------------------

/**
 * A number in an address. Telephones and dialplans put it there as it is, and a plus sign that is not escaped arrives as
 * a blank (WHATWG URL, application/x-www-form-urlencoded): +48600100200 without it may be somebody else's number. The
 * name of a variable that a telephone does not know stays in its address; it says nothing.
 */
export const NumberInAddress = z
  .string()
  .max(100)
  .overwrite((text) => (/^\$[\w-]+$/u.test(text) ? '' : text.replace(/^((?:sips?|tel):)? (?=\d)/iu, '$1+')));

export const NumberQuery = z.object({ n: NumberInAddress.default('') });

export const ThreeCxContact = z.object({ id: Id, firstName: z.string(), lastName: z.string(), company: z.string(), url: z.string() });
export const ThreeCxAnswer = z.object({ contacts: z.array(ThreeCxContact) });
export type ThreeCxAnswer = z.infer<typeof ThreeCxAnswer>;

/** 3CX's journal entry of a call that is over; its values are all text (3CX CRM template, `ReportCall`). */
export const ThreeCxCall = z.object({
  type: z.enum(['Inbound', 'Outbound', 'Missed', 'Notanswered']),
  number: z.string().max(100),
  agent: z.string().max(100).default(''),
  duration: z.string().max(20).default(''),
  start: z.iso.datetime({ offset: true }),
});
export type ThreeCxCall = z.infer<typeof ThreeCxCall>;

export const PbxEventName = z.enum(['ringing', 'answered', 'ended', 'missed']);
export type PbxEventName = z.infer<typeof PbxEventName>;

/** `from` and `to` as the telephone system writes them; `agent`: the extension it is about. */
export const PbxEvent = z.object({
  event: PbxEventName,
  from: z.string().max(100).default(''),
  to: z.string().max(100).default(''),
  agent: z.string().max(100).default(''),
  callId: z.string().min(1).max(200),
  at: z.iso.datetime({ offset: true }).optional(),
});
export type PbxEvent = z.infer<typeof PbxEvent>;

/** The same in the address that a desk phone opens. `call` is the call's id, as far as the telephone knows one. */
export const ActionQuery = z.object({
  from: NumberInAddress.default(''),
  to: NumberInAddress.default(''),
  agent: NumberInAddress.default(''),
  call: z
    .string()
    .max(200)
    .overwrite((text) => (/^\$[\w-]+$/u.test(text) ? '' : text))
    .default(''),
});

export const Recorded = z.object({ callId: Id });

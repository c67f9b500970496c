import { z } from 'zod';
import { Id, IsoTime } from '../kernel/primitives.contract.ts';

/** By which road a phone's own dialler gets the contacts. */
export const SetupWay = z.enum(['ios', 'android']);
export type SetupWay = z.infer<typeof SetupWay>;

/** The way the phone is set up; left out: what it said it is when it was paired. */
export const SetupQuery = z.object({ way: SetupWay.optional() });
export type SetupQuery = z.infer<typeof SetupQuery>;

/** In which language the profile speaks to the owner of the phone. */
export const SetupLanguage = z.enum(['en', 'pl', 'de']);
export type SetupLanguage = z.infer<typeof SetupLanguage>;
export const AccountInput = z.object({ language: SetupLanguage.default('en') });
export type AccountInput = z.infer<typeof AccountInput>;

export const SetupStep = z.object({
  step: z.enum(['certificate', 'profile', 'link', 'account', 'book', 'contacts', 'test-call']),
  isDone: z.boolean(),
  at: IsoTime.nullable(),
});
export type SetupStep = z.infer<typeof SetupStep>;

export const SetupState = z.object({
  deviceId: Id,
  way: SetupWay,
  /** In the order in which they are done. What cannot be seen from here is not among them. */
  steps: z.array(SetupStep),
  contacts: z.object({
    onPhone: z.number().int(),
    inScope: z.number().int(),
    readAt: IsoTime.nullable(),
    /** Who read them, in words, such as `iOS 27.0` or `DAVx5 4.5`. */
    readBy: z.string().nullable(),
  }),
  /** The contacts are on the phone and were read lately: its own dialler shows who calls. */
  works: z.boolean(),
  account: z.object({ hostName: z.string(), port: z.number().int(), url: z.string(), userName: z.string() }),
  certificate: z.object({
    /** Phones have to be told to trust it. */
    isOwn: z.boolean(),
    authorityFingerprint: z.string().nullable(),
    /** Of the certificate the desk serves with: what DAVx5 shows when it asks. */
    serverFingerprint: z.string(),
  }),
  lease: z.object({
    days: z.number().int().nullable(),
    endsAt: IsoTime.nullable(),
    renew: z.boolean(),
    hasEnded: z.boolean(),
    /** `POST /setup/renew` begins it anew; otherwise the account is to be loaded again. */
    renewsByTap: z.boolean(),
  }),
  testCallWorked: z.boolean().nullable(),
});
export type SetupState = z.infer<typeof SetupState>;

/** `url` may be fetched once, within a minute. */
export const IosAccount = z.object({ url: z.string(), expiresAt: IsoTime, leaseEndsAt: IsoTime.nullable() });
export type IosAccount = z.infer<typeof IosAccount>;

/** All of it goes from the page to an app on the same phone: none of it is an address of a server. */
export const AndroidAccount = z.object({
  davx5Url: z.string(),
  intentUrl: z.string(),
  userName: z.string(),
  password: z.string(),
  url: z.string(),
  serverFingerprint: z.string(),
  managedConfiguration: z.object({
    login_base_url: z.string(),
    login_user_name: z.string(),
    login_password: z.string(),
    login_credentials_lock: z.boolean(),
    preselect_collections: z.number().int(),
    default_sync_interval: z.number().int(),
  }),
});
export type AndroidAccount = z.infer<typeof AndroidAccount>;

export const LeaseRenewed = z.object({ leaseEndsAt: IsoTime.nullable() });

export const TestCallInput = z.object({ showedName: z.boolean() });
export type TestCallInput = z.infer<typeof TestCallInput>;

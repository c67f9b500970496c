import { z } from 'zod';
import { EmailAddress, Id, IsoTime, pageOf, PageQuery } from '../kernel/primitives.contract.ts';

/** How mail leaves the building: RFC 6409 submission or plain SMTP. The password is sealed and never read back. */
export const MailSettingsInput = z.object({
  host: z.string().trim().min(1, 'Write the mail server’s name, such as mail.example.com.').max(253),
  port: z.number().int().min(1).max(65_535).default(587),
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  username: z.string().trim().max(254).default(''),
  /** Left out: the stored one stays. */
  password: z.string().max(500).optional(),
  fromName: z.string().trim().max(120).default(''),
  fromAddress: EmailAddress,
  acceptSelfSigned: z.boolean().default(false),
});
export type MailSettingsInput = z.infer<typeof MailSettingsInput>;
export const MailSettings = MailSettingsInput.omit({ password: true }).extend({ hasPassword: z.boolean() }).nullable();
export type MailSettings = z.infer<typeof MailSettings>;

/** The conversation with the mail server, line by line, secrets masked; and in words what it means. */
export const MailTestInput = z.object({ settings: MailSettingsInput, to: EmailAddress });
export const MailTestResult = z.object({ ok: z.boolean(), transcript: z.array(z.string()), explanation: z.string() });
export type MailTestResult = z.infer<typeof MailTestResult>;

export const OutgoingMail = z.object({
  id: Id,
  to: z.string(),
  subject: z.string(),
  state: z.enum(['waiting', 'sent', 'failed', 'cancelled']),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  nextAttemptAt: IsoTime,
  createdAt: IsoTime,
  sentAt: IsoTime.nullable(),
});
export type OutgoingMail = z.infer<typeof OutgoingMail>;
export const OutgoingMailQuery = PageQuery.extend({ state: OutgoingMail.shape.state.optional() });
export type OutgoingMailQuery = z.infer<typeof OutgoingMailQuery>;
export const OutgoingMailPage = pageOf(OutgoingMail);

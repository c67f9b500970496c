import { portalAddress } from '../certificates/address.service.ts';
import { isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { hashSecret, newSecret } from '../kernel/secrets.ts';
import { translatorFor } from '../locales/locales.ts';
import { queueMail } from '../mail/mail.service.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import type { MemberLink } from './members.contract.ts';
import { endLinks, insertLink } from './members.queries.ts';

type LinkKind = MemberLink['kind'];

const lifeInMinutes: Readonly<Record<LinkKind, number>> = { invitation: 7 * 24 * 60, 'password-reset': 30 };
const pathOf: Readonly<Record<LinkKind, string>> = { invitation: 'invitation', 'password-reset': 'reset' };

/**
 * Makes the one link of the member that works: 130 bits, only its hash kept, every earlier link ended. Its host is the
 * portal's canonical address, never what a request claimed. Call it inside a transaction.
 */
export async function issueLink(ctx: Context, memberId: string, kind: LinkKind): Promise<MemberLink> {
  const token = newSecret();
  const expiresAt = new Date(ctx.now().getTime() + lifeInMinutes[kind] * 60_000).toISOString();
  await endLinks(ctx.db, memberId, isoNow(ctx));
  await insertLink(ctx.db, { id: newId(), member_id: memberId, kind, token_hash: hashSecret(token), expires_at: expiresAt, created_at: isoNow(ctx) });
  const { slug } = await readSettings(ctx, portalSettings);
  const { origin } = await portalAddress(ctx);
  return { kind, link: `${origin}/${slug}/${pathOf[kind]}/${token}`, expiresAt };
}

interface Recipient {
  readonly email: string;
  readonly name: string;
  readonly language: string | null;
}

async function correspondence(ctx: Context, recipient: Recipient) {
  const [portal, company] = [await readSettings(ctx, portalSettings), await readSettings(ctx, companySettings)];
  const language = recipient.language !== null && portal.languages.includes(recipient.language) ? recipient.language : portal.defaultLanguage;
  const translator = translatorFor(language);
  const values = { name: recipient.name, email: recipient.email, portal: portal.title, company: company.name === '' ? portal.title : company.name };
  const timeFormat = new Intl.DateTimeFormat(translator.language, { dateStyle: 'full', timeStyle: 'short', timeZone: company.timeZone });
  return { t: translator.t, values, inWords: (at: string) => timeFormat.format(new Date(at)) };
}

/** Puts the mail with the link into the outbox, in the recipient's language and the company's time zone. */
export async function mailLink(ctx: Context, recipient: Recipient, { kind, link, expiresAt }: MemberLink): Promise<void> {
  const { t, values, inWords } = await correspondence(ctx, recipient);
  const filled = { ...values, link, until: inWords(expiresAt) };
  const isInvitation = kind === 'invitation';
  await queueMail(ctx, {
    to: recipient.email,
    subject: t(isInvitation ? 'mail.invitation.subject' : 'mail.reset.subject', filled),
    text: t(isInvitation ? 'mail.invitation.text' : 'mail.reset.text', filled),
  });
}

/** Tells the owner of an account that its password is another now. */
export async function mailPasswordChanged(ctx: Context, recipient: Recipient): Promise<void> {
  const { t, values, inWords } = await correspondence(ctx, recipient);
  const filled = { ...values, at: inWords(isoNow(ctx)) };
  await queueMail(ctx, { to: recipient.email, subject: t('mail.passwordChanged.subject', filled), text: t('mail.passwordChanged.text', filled) });
}

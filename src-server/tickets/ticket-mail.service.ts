import { portalAddress } from '../certificates/address.service.ts';
import type { Message } from '../conversations/conversations.contract.ts';
import type { Context } from '../kernel/context.ts';
import { translatorFor } from '../locales/locales.ts';
import { queueMail } from '../mail/mail.service.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { findRequester, type TicketRow } from './tickets.queries.ts';

/**
 * Tells the ticket's contact what an agent answered: the whole message, in the contact's language. The link is only
 * added for those it works for, because the mail may be read where our network is not.
 */
export async function mailAnswer(ctx: Context, ticket: TicketRow, message: Message): Promise<void> {
  const requester = ticket.contact_id === null ? undefined : await findRequester(ctx.db, ticket.contact_id);
  if (requester?.email === null || requester === undefined) return;

  const [portal, company] = [await readSettings(ctx, portalSettings), await readSettings(ctx, companySettings)];
  const wished = requester.language;
  const { t } = translatorFor(wished !== null && portal.languages.includes(wished) ? wished : portal.defaultLanguage);
  const name = company.name === '' ? portal.title : company.name;
  const canFollowLink = portal.isOn && ticket.is_released === 1 && requester.member_id !== null;
  const files = message.attachments.map((file) => `  • ${file.fileName}`);

  // The message is put between texts of ours, never into one, so that nothing in it is taken for a placeholder.
  const parts = [
    t('mail.answer.intro', { agent: message.author.name, number: ticket.number }),
    message.text,
    ...(files.length === 0 ? [] : [`${t('mail.answer.files')}\n${files.join('\n')}`]),
    ...(canFollowLink ? [t('mail.answer.link', { link: `${(await portalAddress(ctx)).origin}/${portal.slug}/tickets/${ticket.number}` })] : []),
    `-- \n${name}`,
  ];
  await queueMail(ctx, { to: requester.email, subject: `[#${ticket.number}] ${ticket.subject}`, text: parts.join('\n\n'), dedupeKey: `answer:${message.id}` });
}

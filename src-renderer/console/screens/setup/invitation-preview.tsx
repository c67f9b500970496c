import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Contact } from '#server/people/people.contract.ts';
import type { PortalSettings } from '#server/portal/portal.contract.ts';
import type { CompanySettings } from '#server/setup/setup.contract.ts';
import { MailPreview } from '../../../ui/mail-preview.tsx';
import { TextSkeleton } from '../../../ui/states.tsx';
import { fillIn, invitationTexts } from '../../mail-texts.ts';
import styles from './setup.module.css';

interface InvitationPreviewProps {
  readonly person: Contact | undefined;
  readonly portal: PortalSettings | undefined;
  readonly company: CompanySettings | undefined;
}

const week = 7 * 86_400_000;

function inAWeek(): Date {
  return new Date(Date.now() + week);
}

/** The mail this person would get, in their language where the portal speaks it. */
export function InvitationPreview({ person, portal, company }: InvitationPreviewProps) {
  const language = languageFor(person, portal);
  const texts = useQuery({ queryKey: ['mail-texts', language], queryFn: () => invitationTexts(language), staleTime: Number.POSITIVE_INFINITY });
  const [until] = useState(inAWeek);
  if (texts.data === undefined || portal === undefined || company === undefined) return <TextSkeleton lines={8} />;
  const sender = company.name === '' ? portal.title : company.name;
  const email = person?.email ?? 'anna@example.com';
  const values = {
    name: person?.displayName ?? 'Anna Kowalska',
    email,
    portal: portal.title,
    company: sender,
    until: new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone: company.timeZone }).format(until),
    link: `https://…/${portal.slug}/invitation/…`,
  };
  return (
    <div className={styles.preview}>
      <p className={styles.caption}>The invitation</p>
      <MailPreview from={sender} to={email} subject={fillIn(texts.data.subject, values)} text={fillIn(texts.data.text, values)} language={language} />
    </div>
  );
}

function languageFor(person: Contact | undefined, portal: PortalSettings | undefined): string {
  const own = person?.language;
  if (portal === undefined) return 'en';
  return own !== null && own !== undefined && portal.languages.includes(own) ? own : portal.defaultLanguage;
}

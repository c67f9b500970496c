import { useQuery } from '@tanstack/react-query';
import type { CompanySettings } from '#server/setup/setup.contract.ts';
import { MailPreview } from '../../../ui/mail-preview.tsx';
import { TextSkeleton } from '../../../ui/states.tsx';
import { countryName } from '../../countries.ts';
import { fillIn, invitationTexts } from '../../mail-texts.ts';
import styles from './setup.module.css';

/** The mail a customer will get, in the company's name, language and time. */
export function CompanyPreview({ company }: { readonly company: CompanySettings }) {
  const texts = useQuery({ queryKey: ['mail-texts', company.language], queryFn: () => invitationTexts(company.language), staleTime: Number.POSITIVE_INFINITY });
  const name = company.name.trim() === '' ? 'Your company' : company.name.trim();
  const values = { name: 'Anna', email: 'anna@example.com', portal: 'Support', company: name, until: inAWeek(company), link: 'https://…/support/invitation/…' };
  return (
    <div className={styles.preview}>
      <p className={styles.caption}>What a customer will get</p>
      {texts.data === undefined ? (
        <TextSkeleton lines={8} />
      ) : (
        <MailPreview
          from={name}
          to="anna@example.com"
          subject={fillIn(texts.data.subject, values)}
          text={fillIn(texts.data.text, values)}
          language={company.language}
        />
      )}
      <p className={styles.note}>Country of numbers written without its code: {countryName(company.country)}</p>
    </div>
  );
}

function inAWeek({ language, timeZone }: CompanySettings): string {
  const week = 7 * 86_400_000;
  try {
    return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(new Date(Date.now() + week));
  } catch {
    // A zone this browser does not know.
    return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(Date.now() + week));
  }
}

import styles from './mail-preview.module.css';

interface MailPreviewProps {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** BCP 47, so that it is read out rightly. */
  readonly language?: string;
}

/** A mail as its reader opens it. */
export function MailPreview({ from, to, subject, text, language }: MailPreviewProps) {
  return (
    <article className={styles.mail} aria-label="The mail">
      <header>
        <p className={styles.people}>
          <strong dir="auto">{from}</strong>
          <span>to {to}</span>
        </p>
        <h3 className={styles.subject} dir="auto" lang={language}>
          {subject}
        </h3>
      </header>
      <p className={styles.text} dir="auto" lang={language}>
        {text}
      </p>
    </article>
  );
}

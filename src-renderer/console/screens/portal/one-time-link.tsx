import { TextInput } from '@mantine/core';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { exactTime } from '../../../ui/time.ts';
import styles from './one-time-link.module.css';

/** A link that lets one person in once: to be copied and handed over, for it is not shown again. */
export function OneTimeLink({ link, expiresAt }: { readonly link: string; readonly expiresAt: string }) {
  return (
    <div className={styles.box}>
      <div className={styles.row}>
        <TextInput
          aria-label="Link"
          size="xs"
          readOnly
          dir="ltr"
          className={styles.link ?? ''}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton size="xs" value={link} label="Copy link" />
      </div>
      <p className={styles.words}>Works once, until {exactTime(expiresAt)}. It is not shown again.</p>
    </div>
  );
}

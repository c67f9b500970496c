/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a frame around a picture is no fieldset. */
import type { ReactNode } from 'react';
import styles from './device-frame.module.css';

/** A phone's outline around what it will show. */
export function PhoneFrame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.phone} role="group" aria-label={label}>
      <div className={styles.screen}>{children}</div>
    </div>
  );
}

/** A browser window's outline, with its tab title and address, around what it will show. */
export function BrowserFrame({ tabTitle, address, children }: { readonly tabTitle: string; readonly address: string; readonly children: ReactNode }) {
  return (
    <div className={styles.browser} role="group" aria-label={`Browser showing ${address}`}>
      <div className={styles.tabs}>
        <span className={styles.tab}>{tabTitle}</span>
      </div>
      <div className={styles.address}>
        <bdi dir="ltr">{address}</bdi>
      </div>
      <div className={styles.page}>{children}</div>
    </div>
  );
}

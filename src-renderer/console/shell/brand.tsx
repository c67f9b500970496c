import styles from './brand.module.css';

export function Brand() {
  return (
    <span className={styles.brand}>
      <svg viewBox="0 0 22 22" width="22" height="22" aria-hidden="true">
        <rect width="22" height="22" rx="6" className={styles.plate} />
        <path d="M7.5 17V8a3 3 0 0 1 3-3h1a3 3 0 0 1 3 3v9z" className={styles.door} />
      </svg>
      Doorline
    </span>
  );
}

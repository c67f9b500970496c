import { useIsConnected } from './live.tsx';
import styles from './connection-notice.module.css';

/** Says when what is on screen may be old. */
export function ConnectionNotice() {
  const isConnected = useIsConnected();
  return (
    <output className={styles.place}>
      {isConnected ? null : (
        <span className={styles.notice}>The server does not answer just now. What you see may be old; what you type is kept. Trying again.</span>
      )}
    </output>
  );
}

import styles from './fingerprint.module.css';

interface FingerprintProps {
  /** `AB:CD:…`, 32 pairs. */
  readonly value: string;
  /** What it is the fingerprint of, for screen readers. */
  readonly label: string;
}

/** A SHA-256 fingerprint in groups of two pairs, as the phone's page shows it, so that two people can compare by reading. */
export function Fingerprint({ value, label }: FingerprintProps) {
  const groups = value.match(/..:../gu) ?? [];
  return (
    <ol className={styles.groups} aria-label={label} dir="ltr">
      {groups.map((group, index) => (
        <li key={`${index}-${group}`}>{group.replace(':', ' ')}</li>
      ))}
    </ol>
  );
}

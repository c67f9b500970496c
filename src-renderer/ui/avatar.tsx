import styles from './avatar.module.css';

/** The initials of a person or company. The name always stands beside it, so it is hidden from screen readers. */
export function Avatar({ name, size = 32, isActive = false }: { readonly name: string; readonly size?: number; readonly isActive?: boolean }) {
  return (
    <span
      className={styles.avatar}
      data-active={isActive || undefined}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.375) }}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  );
}

/** "Marta Zielińska" → "MZ"; by grapheme, so that no letter is cut in half. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s–—-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  const letters = chosen.map((word) => [...(word ?? '').matchAll(/[\p{L}\p{N}]\p{M}*/gu)][0]?.[0] ?? '');
  return letters.join('').toLocaleUpperCase() || '?';
}

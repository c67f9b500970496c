import { Kbd, Tooltip } from '@mantine/core';
import { useEffect, useRef, type ReactElement } from 'react';
import styles from './shortcuts.module.css';

// A shortcut is written as one reads it: "mod+k", "g d" (one after the other), "?". `mod` is Ctrl, on a Mac Command.

const isMac = /Mac|iPhone|iPad/u.test(globalThis.navigator?.userAgent ?? '');
const sequenceMilliseconds = 1200;

/** "mod+k" → ["Ctrl", "K"]; "g d" → ["G", "then", "D"]. */
export function shortcutWords(shortcut: string, onMac = isMac): string[] {
  const names: Readonly<Record<string, string>> = {
    mod: onMac ? '⌘' : 'Ctrl',
    shift: onMac ? '⇧' : 'Shift',
    alt: onMac ? '⌥' : 'Alt',
    enter: 'Enter',
    escape: 'Esc',
  };
  return shortcut.split(' ').flatMap((chord, index) => {
    const keys = chord.split('+').map((key) => names[key] ?? key.toUpperCase());
    return index === 0 ? keys : ['then', ...keys];
  });
}

/** The same for aria-keyshortcuts (WAI-ARIA 1.2), which knows no sequences. */
function ariaShortcut(shortcut: string): string | undefined {
  if (shortcut.includes(' ')) return undefined;
  return shortcut
    .split('+')
    .map((key) => ({ mod: isMac ? 'Meta' : 'Control', shift: 'Shift', alt: 'Alt', enter: 'Enter' })[key] ?? key)
    .join('+');
}

interface WithShortcutProps {
  readonly label: string;
  readonly shortcut: string;
  readonly position?: 'right' | 'bottom' | 'top';
  readonly children: ReactElement<{ 'aria-keyshortcuts'?: string }>;
}

/** A tooltip that names what its child does and the keys that do it. */
export function WithShortcut({ label, shortcut, position = 'bottom', children }: WithShortcutProps) {
  const aria = ariaShortcut(shortcut);
  const target = aria === undefined ? children : <children.type {...children.props} aria-keyshortcuts={aria} />;
  return (
    <Tooltip
      position={position}
      label={
        <span className={styles.tip}>
          {label} <Keys shortcut={shortcut} />
        </span>
      }
    >
      {target}
    </Tooltip>
  );
}

/** The keys of a shortcut, drawn as keys. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className={styles.keys}>
      {shortcutWords(shortcut).map((word, index) => (word === 'then' ? <span key={index}>then</span> : <Kbd key={index}>{word}</Kbd>))}
    </span>
  );
}

/** True where letters are text, not commands. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.tagName));
}

function chordOf(event: KeyboardEvent): string {
  const parts = [(isMac ? event.metaKey : event.ctrlKey) ? 'mod' : '', event.altKey ? 'alt' : '', event.shiftKey && event.key.length > 1 ? 'shift' : ''];
  return [...parts.filter((part) => part !== ''), event.key.toLowerCase()].join('+');
}

/** Runs what belongs to a shortcut. Plain letters rest while one types; those with `mod` always work. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    let first: { readonly chord: string; readonly at: number } | undefined;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || /^(?:Control|Shift|Alt|Meta)$/u.test(event.key)) return;
      const chord = chordOf(event);
      if (isTyping(event.target) && !chord.startsWith('mod+')) return;
      const isFollowing = first !== undefined && event.timeStamp - first.at < sequenceMilliseconds;
      const sequence = isFollowing ? `${first?.chord} ${chord}` : chord;
      const action = latest.current[sequence] ?? latest.current[chord];
      first = undefined;
      if (action !== undefined) {
        event.preventDefault();
        action();
      } else if (Object.keys(latest.current).some((shortcut) => shortcut.startsWith(`${chord} `))) {
        first = { chord, at: event.timeStamp };
      }
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

import { Modal } from '@mantine/core';
import { Keys } from '../../ui/shortcuts.tsx';
import { destinations } from './navigation.ts';
import styles from './shortcut-help.module.css';

const general: readonly (readonly [string, string])[] = [
  ['Find or do anything', 'mod+k'],
  ['These shortcuts', '?'],
  ['Send what you write', 'mod+enter'],
  ['Close', 'escape'],
];

/** All shortcuts, one below the other. */
export function ShortcutHelp({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const rows = [...general, ...destinations.map(({ label, shortcut }) => [`Go to ${label}`, shortcut] as const)];
  return (
    <Modal opened={isOpen} onClose={onClose} title="Shortcuts">
      <ul className={styles.list}>
        {rows.map(([label, shortcut]) => (
          <li key={shortcut}>
            <span>{label}</span>
            <Keys shortcut={shortcut} />
          </li>
        ))}
      </ul>
    </Modal>
  );
}

import { MousePointerClick } from 'lucide-react';
import { EmptyState } from '../../../ui/states.tsx';
import { Keys } from '../../../ui/shortcuts.tsx';

/** Beside the list while no ticket is opened. */
export function NoTicket() {
  return (
    <EmptyState icon={MousePointerClick} title="No ticket is opened">
      Choose one at the left. <Keys shortcut="j" /> and <Keys shortcut="k" /> go down and up, <Keys shortcut="r" /> replies, <Keys shortcut="n" /> writes a
      note, <Keys shortcut="e" /> closes.
    </EmptyState>
  );
}

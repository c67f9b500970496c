import { Checkbox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { DeviceScope } from '#server/devices/devices.contract.ts';
import { scopePreviewQuery } from '../../../api/devices.ts';
import { NumberField } from '../../../ui/fields.tsx';
import styles from './scope-fields.module.css';
import { countsInWords } from './scope-words.ts';

/** As many as every phone shows quickly; more is possible. */
const usualCap = 20_000;

const settleMilliseconds = 200;

interface ScopeCapProps {
  readonly scope: DeviceScope;
  readonly problem?: string | undefined;
  readonly isLookedUp: boolean;
  readonly onMost: (most: number | null) => void;
}

/** How many of the chosen contacts lie on the phone, with what comes of it, counted as one chooses. */
export function ScopeCap({ scope, problem, isLookedUp, onMost }: ScopeCapProps) {
  return (
    <div className={styles.cap}>
      <Checkbox
        checked={scope.most !== null}
        label="Only the most recently active of them"
        description={`For phones that grow slow with many contacts. Whoever is left out ${isLookedUp ? 'is looked up while they ring on this network' : 'shows as a number'}.`}
        onChange={(event) => onMost(event.currentTarget.checked ? usualCap : null)}
      />
      {scope.most === null ? null : (
        <div className={styles.most}>
          <NumberField
            label="At most"
            suffix=" contacts"
            isCount
            value={scope.most}
            min={1}
            problem={problem}
            onChange={(most) => onMost(most === null || most < 1 ? 1 : most)}
          />
        </div>
      )}
      <ScopeCounts scope={scope} />
    </div>
  );
}

function ScopeCounts({ scope }: { readonly scope: DeviceScope }) {
  // Counting takes the server a moment, so it counts once the figure is typed.
  const [most] = useDebouncedValue(scope.most, settleMilliseconds);
  const preview = useQuery({ ...scopePreviewQuery({ ...scope, most }), enabled: scope.everyone || scope.listIds.length > 0 });
  if (preview.data === undefined) return null;
  return (
    <output className={styles.counts} data-stale={preview.isPlaceholderData || most !== scope.most || undefined}>
      {countsInWords(preview.data)}
    </output>
  );
}

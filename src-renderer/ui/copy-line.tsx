import { ActionIcon, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCopied } from './use-copied.ts';
import styles from './copy-line.module.css';

interface CopyLineProps {
  readonly value: string;
  /** What is copied, for the button: "the fingerprint". */
  readonly what: string;
  readonly aside?: ReactNode;
  readonly isWrapped?: boolean;
}

/** A value that one needs elsewhere: an address, a link, a fingerprint, with a button that copies it. */
export function CopyLine({ value, what, aside, isWrapped = false }: CopyLineProps) {
  const [isCopied, copy] = useCopied(value);
  const Icon = isCopied ? Check : Copy;
  return (
    <div className={styles.line}>
      <bdi dir="ltr" className={styles.value} data-wrapped={isWrapped || undefined}>
        {value}
      </bdi>
      {aside}
      <Tooltip label={isCopied ? 'Copied' : `Copy ${what}`}>
        <ActionIcon aria-label={`Copy ${what}`} onClick={() => void copy()}>
          <Icon size={15} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

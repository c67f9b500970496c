/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an output holds no blocks, and these are. */
import { Button, Skeleton } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import styles from './states.module.css';

interface EmptyStateProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** What will be here, in a sentence. */
  readonly children: ReactNode;
  /** The one thing to do. */
  readonly action?: ReactNode;
}

/** A list with nothing in it yet: says what will be here and offers the one action. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      {Icon === undefined ? null : <Icon className={styles.icon} size={28} strokeWidth={1.5} aria-hidden="true" />}
      <h2>{title}</h2>
      <p>{children}</p>
      {action === undefined ? null : <div className={styles.actions}>{action}</div>}
    </div>
  );
}

interface FailedStateProps {
  /** What could not be done: "The tickets could not be read". */
  readonly title: string;
  /** Why, and what to do. */
  readonly message: string;
  /** For support. */
  readonly details: string;
  readonly onRetry?: () => void;
}

/** Says what happened and what to do, offers to try again and to copy the details. */
export function FailedState({ title, message, details, onRetry }: FailedStateProps) {
  return (
    <div className={styles.state} role="alert">
      <TriangleAlert className={styles.failed} size={28} strokeWidth={1.5} aria-hidden="true" />
      <h2>{title}</h2>
      <p>{message}</p>
      <div className={styles.actions}>
        {onRetry === undefined ? null : (
          <Button variant="filled" leftSection={<RotateCw size={15} aria-hidden="true" />} onClick={onRetry}>
            Try again
          </Button>
        )}
        <CopyButton value={details} label="Copy details" />
      </div>
    </div>
  );
}

/** The shape of a list that is being read. */
export function ListSkeleton({ rows = 8, height = 44 }: { readonly rows?: number; readonly height?: number }) {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.skeletonRow} style={{ height }}>
          <Skeleton height={12} width={`${30 + ((row * 17) % 35)}%`} radius="sm" />
          <Skeleton height={12} width={64} radius="sm" />
        </div>
      ))}
    </div>
  );
}

/** The shape of a form that is being read. */
export function FormSkeleton({ fields = 4 }: { readonly fields?: number }) {
  return (
    <div className={styles.formSkeleton} role="status" aria-label="Loading">
      {Array.from({ length: fields }, (_, field) => (
        <div key={field}>
          <Skeleton height={12} width={120} radius="sm" mb={8} />
          <Skeleton height={36} radius="md" />
        </div>
      ))}
    </div>
  );
}

/** The shape of a text or record that is being read. */
export function TextSkeleton({ lines = 4 }: { readonly lines?: number }) {
  return (
    <div className={styles.textSkeleton} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={12} width={line === lines - 1 ? '45%' : `${92 - ((line * 13) % 20)}%`} radius="sm" />
      ))}
    </div>
  );
}

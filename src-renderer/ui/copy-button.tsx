import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useCopied } from './use-copied.ts';

interface CopyButtonProps {
  readonly value: string;
  readonly label: string;
  readonly size?: 'xs' | 'sm';
}

/** Copies a text and says so. */
export function CopyButton({ value, label, size = 'sm' }: CopyButtonProps) {
  const [isCopied, copy] = useCopied(value);
  const Icon = isCopied ? Check : Copy;
  return (
    <Button size={size} leftSection={<Icon size={15} aria-hidden="true" />} onClick={() => void copy()}>
      {isCopied ? 'Copied' : label}
    </Button>
  );
}

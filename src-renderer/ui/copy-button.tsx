import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { announce } from './announcer.tsx';

interface CopyButtonProps {
  readonly value: string;
  readonly label: string;
  readonly size?: 'xs' | 'sm';
}

const shownMilliseconds = 2000;

/** Copies a text and says so. */
export function CopyButton({ value, label, size = 'sm' }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    announce('Copied');
  }

  return (
    <Button size={size} leftSection={isCopied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />} onClick={() => void copy()}>
      {isCopied ? 'Copied' : label}
    </Button>
  );
}

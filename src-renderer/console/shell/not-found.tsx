import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../ui/states.tsx';

export function NotFound() {
  return (
    <EmptyState
      title="There is nothing at this address"
      action={
        <Button component={Link} to="/" variant="filled">
          Go home
        </Button>
      }
    >
      The link may be from an older version, or what it led to was removed.
    </EmptyState>
  );
}

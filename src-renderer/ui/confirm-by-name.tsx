import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';

interface ConfirmByNameProps {
  readonly isOpen: boolean;
  /** What happens: "Erase this contact". */
  readonly title: string;
  /** What can't be undone, in a sentence. */
  readonly children: ReactNode;
  /** What must be typed: the thing's own name. */
  readonly name: string;
  /** The word on the button: "Erase". */
  readonly confirmLabel: string;
  readonly isBusy?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** For what can't be undone: the name must be typed. */
export function ConfirmByName({ isOpen, title, ...rest }: ConfirmByNameProps) {
  return (
    <Modal opened={isOpen} onClose={rest.onClose} title={title}>
      <ConfirmForm {...rest} />
    </Modal>
  );
}

function ConfirmForm({ children, name, confirmLabel, isBusy = false, onConfirm, onClose }: Omit<ConfirmByNameProps, 'isOpen' | 'title'>) {
  const [typed, setTyped] = useState('');
  const fits = typed.trim() === name.trim();
  return (
    <form
      style={{ display: 'grid', gap: 16 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) onConfirm();
      }}
    >
      <div>{children}</div>
      <TextInput
        label={
          <>
            Type <strong>{name}</strong> to go on
          </>
        }
        value={typed}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" color="red" disabled={!fits} loading={isBusy}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { EmailAddress } from '#server/kernel/primitives.contract.ts';
import { addContact } from '../../../api/people.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { TextField } from '../../../ui/fields.tsx';
import { Card } from '../../../ui/page.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { problemsOf } from '../../use-edited-form.ts';
import styles from './setup.module.css';

interface NewCustomerProps {
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onAdded: (contact: { id: string; name: string }) => void;
}

const rules = z.object({ firstName: z.string().trim().min(1, 'Write a name.'), email: EmailAddress });

/** For somebody who is not among the contacts: name and address are enough. */
export function NewCustomer({ isOpen, onOpen, onAdded }: NewCustomerProps) {
  if (isOpen) return <NewCustomerForm onAdded={onAdded} />;
  return (
    <div>
      <Button leftSection={<UserPlus size={15} aria-hidden="true" />} onClick={onOpen}>
        Somebody who is not in the list
      </Button>
    </div>
  );
}

/** Not a form of its own, because it stands inside the wizard's; Enter adds all the same. */
function NewCustomerForm({ onAdded }: Pick<NewCustomerProps, 'onAdded'>) {
  const queries = useQueryClient();
  const [values, setValues] = useState({ firstName: '', lastName: '', email: '' });
  const [wasTried, setTried] = useState(false);
  const input = { ...values, email: values.email.trim() };
  const wrong = problemsOf(rules, input);
  const add = useMutation({
    mutationFn: () => addContact(input),
    onSuccess: (contact) => {
      queries.setQueryData(['contacts', 'one', contact.id], contact);
      void queries.invalidateQueries({ queryKey: ['contacts', 'list'] });
      onAdded({ id: contact.id, name: contact.displayName });
    },
  });
  const problems = { ...fieldProblems(add.error), ...(wasTried ? wrong : {}) };

  function submit(): void {
    setTried(true);
    if (Object.keys(wrong).length === 0) add.mutate();
  }

  return (
    <Card>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Enter in its fields, which can't be a form inside the wizard's. */}
      <div
        className={styles.newCustomer}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
          event.preventDefault();
          submit();
        }}
      >
        <div className={styles.names}>
          <TextField
            label="First name"
            value={values.firstName}
            problem={problems['firstName']}
            autoFocus
            maxLength={120}
            onChange={(firstName) => setValues({ ...values, firstName })}
          />
          <TextField
            label="Last name"
            value={values.lastName}
            problem={problems['lastName']}
            maxLength={120}
            onChange={(lastName) => setValues({ ...values, lastName })}
          />
        </div>
        <TextField label="E-mail" type="email" value={values.email} problem={problems['email']} onChange={(email) => setValues({ ...values, email })} />
        <ProblemSummary error={add.error} title="The customer was not added" labels={{ firstName: 'First name', lastName: 'Last name', email: 'E-mail' }} />
        <div>
          <Button loading={add.isPending} onClick={submit}>
            Add
          </Button>
        </div>
      </div>
    </Card>
  );
}

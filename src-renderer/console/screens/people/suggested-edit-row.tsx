import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, Minus, Plus } from 'lucide-react';
import type { ShownChange, SuggestedEdit } from '#server/suggested-edits/suggested-edits.contract.ts';
import { problemSentence } from '../../../api/problem.ts';
import { acceptEdit, dismissEdit } from '../../../api/suggested-edits.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import styles from './suggested-edits.module.css';

const fieldWords: Readonly<Record<ShownChange['field'], string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  email: 'E-mail',
  mobile: 'Mobile',
  phone: 'Phone',
  number: 'Number',
};

function nameIn(changes: readonly ShownChange[]): string {
  const part = (field: ShownChange['field']) => changes.find((change) => change.field === field)?.to ?? '';
  const name = `${part('firstName')} ${part('lastName')}`.trim();
  return name === '' ? 'No name' : name;
}

/** One edit: whose, from which phone, what would be different, and what to do with it. */
export function SuggestedEditRow({ edit }: { readonly edit: SuggestedEdit }) {
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['devices', 'suggested-edits'] }),
      queries.invalidateQueries({ queryKey: ['contacts'] }),
      queries.invalidateQueries({ queryKey: ['companies'] }),
    ]);
  const isNew = edit.contact === null && edit.company === null;
  const name = edit.contact?.name ?? edit.company?.name ?? nameIn(edit.changes);
  // A new contact's name is its heading.
  const shown = isNew ? edit.changes.filter(({ field }) => field !== 'firstName' && field !== 'lastName') : edit.changes;
  const accept = useMutation({
    mutationFn: () => acceptEdit(edit.id),
    async onSuccess() {
      await refresh();
      showToast(isNew ? `${name} was added` : `${name} was changed`);
    },
  });
  const dismiss = useMutation({ mutationFn: () => dismissEdit(edit.id), onSuccess: refresh });
  const isBusy = accept.isPending || dismiss.isPending;
  const refusal = accept.error ?? dismiss.error;
  return (
    <article className={styles.row} aria-label={`Edit of ${name}`}>
      <div className={styles.what}>
        <h2 className={styles.name}>
          <NameLink edit={edit} name={name} />
          {isNew ? <span className={styles.fresh}>New contact</span> : null}
        </h2>
        <dl className={styles.changes}>
          {shown.map((change) => (
            <div key={`${change.field} ${change.from} ${change.to}`} className={styles.change}>
              <dt>{edit.company !== null && change.field === 'company' ? 'Name' : fieldWords[change.field]}</dt>
              <dd>
                <Change change={change} />
              </dd>
            </div>
          ))}
        </dl>
        <p className={styles.source}>
          <bdi>{edit.phone.agentName}</bdi> on <bdi>{edit.phone.name}</bdi>, <RelativeTime at={edit.at} />
        </p>
        {refusal === null ? null : (
          <p className={styles.refusal} role="alert">
            {problemSentence(refusal)}
          </p>
        )}
      </div>
      <div className={styles.decide}>
        <Button variant="filled" loading={accept.isPending} disabled={isBusy} onClick={() => accept.mutate()}>
          {isNew ? 'Add contact' : 'Accept'}
        </Button>
        <Button loading={dismiss.isPending} disabled={isBusy} onClick={() => dismiss.mutate()}>
          Dismiss
        </Button>
      </div>
    </article>
  );
}

function NameLink({ edit, name }: { readonly edit: SuggestedEdit; readonly name: string }) {
  if (edit.contact !== null) {
    return (
      <Link to="/people/$contactId" params={{ contactId: edit.contact.id }}>
        <bdi>{name}</bdi>
      </Link>
    );
  }
  if (edit.company !== null) {
    return (
      <Link to="/people/companies/$companyId" params={{ companyId: edit.company.id }}>
        <bdi>{name}</bdi>
      </Link>
    );
  }
  return <bdi>{name}</bdi>;
}

function Change({ change }: { readonly change: ShownChange }) {
  const { from, to } = change.display;
  if (from === null) {
    return (
      <ins className={styles.added}>
        <Plus size={13} aria-label="added" />
        <bdi>{to}</bdi>
      </ins>
    );
  }
  if (to === null) {
    return (
      <del className={styles.removed}>
        <Minus size={13} aria-label="removed" />
        <bdi>{from}</bdi>
      </del>
    );
  }
  return (
    <>
      <del className={styles.before}>
        <bdi>{from}</bdi>
      </del>
      <ArrowRight size={13} aria-label="becomes" className={styles.arrow} />
      <ins className={styles.after}>
        <bdi>{to}</bdi>
      </ins>
    </>
  );
}

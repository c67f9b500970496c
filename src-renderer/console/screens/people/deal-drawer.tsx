import { Button, Drawer } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Deal } from '#server/people/people.contract.ts';
import { addDeal, changeDeal, contactQuery, removeDeal } from '../../../api/people.ts';
import { fieldProblems, problemSentence } from '../../../api/problem.ts';
import { FieldStack, SwitchField, TextField } from '../../../ui/fields.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showProblemToast, showToast, showUndoToast } from '../../../ui/toasts.tsx';
import { CompanyPicker, type PickedCompany } from './company-picker.tsx';
import { ContactPicker, type PickedContact } from './contact-picker.tsx';
import styles from './deal-drawer.module.css';
import { draftOfDeal, inputOf, type DealDraft } from './deal-draft.ts';

interface DealDrawerProps {
  /** The deal to change, or the beginning of a new one; nothing while the drawer is closed. */
  readonly deal: Deal | DealDraft | undefined;
  readonly onClose: () => void;
}

/** A deal, new or existing, beside the screen one came from. */
export function DealDrawer({ deal, onClose }: DealDrawerProps) {
  const isNew = deal !== undefined && !('id' in deal);
  return (
    <Drawer opened={deal !== undefined} onClose={onClose} position="right" size={440} title={isNew ? 'Add a deal' : 'Deal'}>
      {deal === undefined ? null : <DealForm key={'id' in deal ? deal.id : 'new'} deal={deal} onClose={onClose} />}
    </Drawer>
  );
}

const labels = {
  name: 'Name',
  value: 'Amount',
  'value.amount': 'Amount',
  'value.currency': 'Currency',
  stage: 'Stage',
  closeDate: 'Close date',
  companyId: 'Company',
  contactIds: 'People',
};

function DealForm({ deal, onClose }: { readonly deal: Deal | DealDraft; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const id = 'id' in deal ? deal.id : undefined;
  const [draft, setDraft] = useState<DealDraft>(() => ('id' in deal ? draftOfDeal(deal) : deal));
  const edit = (patch: Partial<DealDraft>) => setDraft((before) => ({ ...before, ...patch }));
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: ['deals'] }), queries.invalidateQueries({ queryKey: ['contacts', 'one'] })]);
  const save = useMutation({
    mutationFn: () => (id === undefined ? addDeal(inputOf(draft)) : changeDeal(id, inputOf(draft))),
    async onSuccess(saved) {
      await refresh();
      showToast(`“${saved.name}” saved`);
      onClose();
    },
  });
  const remove = useMutation({
    mutationFn: (removedId: string) => removeDeal(removedId),
    async onSuccess() {
      await refresh();
      onClose();
      showUndoToast(
        `“${draft.name}” removed`,
        () =>
          void addDeal(inputOf(draft))
            .then(refresh)
            .catch((error: unknown) => showProblemToast(problemSentence(error))),
      );
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const problems = fieldProblems(save.error);

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <ProblemSummary error={save.error} title="The deal was not saved" labels={labels} />
      <FieldStack>
        <TextField label="Name" value={draft.name} maxLength={120} autoFocus problem={problems['name']} onChange={(name) => edit({ name })} />
        <div className={styles.money}>
          <TextField
            label="Amount"
            value={draft.amount}
            placeholder="12400.00"
            problem={problems['value.amount'] ?? problems['value']}
            onChange={(amount) => edit({ amount })}
          />
          <TextField
            label="Currency"
            value={draft.currency}
            maxLength={3}
            problem={problems['value.currency']}
            onChange={(currency) => edit({ currency: currency.toUpperCase() })}
          />
        </div>
        <TextField label="Stage" value={draft.stage} maxLength={120} problem={problems['stage']} onChange={(stage) => edit({ stage })} />
        <SwitchField
          label="Open"
          hint="Open deals show beside tickets, and on phones where that is switched on."
          checked={draft.isOpen}
          onChange={(isOpen) => edit({ isOpen })}
        />
        <CompanyPicker label="Company" value={draft.company} problem={problems['companyId']} onChange={(company: PickedCompany | null) => edit({ company })} />
        <DealPeople people={draft.people} onChange={(people) => edit({ people })} />
        <TextField
          label="Close date"
          hint="Year, month and day, such as 2026-12-31."
          value={draft.closeDate}
          placeholder="2026-12-31"
          problem={problems['closeDate']}
          onChange={(closeDate) => edit({ closeDate })}
        />
      </FieldStack>
      <footer className={styles.foot}>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <span className={styles.space} />
        {id === undefined ? null : (
          <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate(id)}>
            Remove
          </Button>
        )}
      </footer>
    </form>
  );
}

function DealPeople({ people, onChange }: { readonly people: readonly PickedContact[]; readonly onChange: (people: readonly PickedContact[]) => void }) {
  return (
    <div className={styles.people}>
      <ContactPicker
        label="People"
        value={null}
        onChange={(contact) => {
          if (contact !== null && !people.some((one) => one.id === contact.id)) onChange([...people, contact]);
        }}
      />
      {people.map((contact) => (
        <DealPerson key={contact.id} contact={contact} onTakeOff={() => onChange(people.filter((one) => one.id !== contact.id))} />
      ))}
    </div>
  );
}

function DealPerson({ contact, onTakeOff }: { readonly contact: PickedContact; readonly onTakeOff: () => void }) {
  const found = useQuery({ ...contactQuery(contact.id), enabled: contact.name === '' });
  const name = contact.name === '' ? (found.data?.displayName ?? '…') : contact.name;
  return (
    <div className={styles.person}>
      <bdi>{name}</bdi>
      <Button size="xs" variant="subtle" color="gray" aria-label={`Take ${name} off the deal`} onClick={onTakeOff}>
        Take off
      </Button>
    </div>
  );
}

import { Button, Drawer, Progress, Radio } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { inviteMembers } from '../../../api/members.ts';
import { contactIdsOfList, listsQuery } from '../../../api/people.ts';
import { CheckboxField, SelectField } from '../../../ui/fields.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { ContactPicker, type PickedContact } from '../people/contact-picker.tsx';
import { InvitationOutcome } from './invitation-outcome.tsx';
import { inBatches, joinResults } from './invitations.ts';
import styles from './members-screen.module.css';

/** Invites contacts: picked ones, or everybody on a list. */
export function InviteDrawer({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Drawer opened={isOpen} onClose={onClose} position="right" size={480} title="Invite customers">
      <InviteForm onClose={onClose} />
    </Drawer>
  );
}

function InviteForm({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const lists = useQuery(listsQuery);
  const [from, setFrom] = useState<'people' | 'list'>('people');
  const [people, setPeople] = useState<readonly PickedContact[]>([]);
  const [listId, setListId] = useState<string | null>(null);
  const [sendMail, setSendMail] = useState(true);
  const [done, setDone] = useState<{ readonly count: number; readonly of: number }>();
  const invite = useMutation({
    async mutationFn() {
      const ids = from === 'people' ? people.map((contact) => contact.id) : await contactIdsOfList(listId ?? '');
      const results = [];
      setDone({ count: 0, of: ids.length });
      for (const batch of inBatches(ids)) {
        results.push(await inviteMembers({ contactIds: [...batch], sendMail }));
        setDone((before) => ({ count: (before?.count ?? 0) + batch.length, of: ids.length }));
      }
      return joinResults(results);
    },
    onSettled: () => {
      setDone(undefined);
      return Promise.all([
        queries.invalidateQueries({ queryKey: ['members'] }),
        queries.invalidateQueries({ queryKey: ['contacts', 'one'] }),
        queries.invalidateQueries({ queryKey: ['status'] }),
      ]);
    },
  });

  if (invite.data !== undefined) return <InvitationOutcome result={invite.data} wasMailed={sendMail} onClose={onClose} />;
  const canInvite = from === 'people' ? people.length > 0 : listId !== null;
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (canInvite) invite.mutate();
      }}
    >
      <ProblemSummary error={invite.error} title="Nobody more was invited" />
      <Radio.Group label="Whom" value={from} onChange={(value) => setFrom(value === 'list' ? 'list' : 'people')}>
        <div className={styles.radios}>
          <Radio value="people" label="People I pick" />
          <Radio value="list" label="Everybody on a list" />
        </div>
      </Radio.Group>
      {from === 'people' ? (
        <PeopleToInvite people={people} onPeople={setPeople} />
      ) : (
        <SelectField
          label="List"
          value={listId}
          placeholder="Choose a list"
          choices={(lists.data ?? []).map((list) => ({ value: list.id, label: `${list.name} (${list.memberCount.toLocaleString('en')})` }))}
          onChange={setListId}
        />
      )}
      <CheckboxField label="Send each a mail with their link" hint="Off: you get the links, to hand over yourself." checked={sendMail} onChange={setSendMail} />
      <p className={styles.quiet}>Whoever can’t be invited is named afterwards, with the reason. Nobody is invited twice.</p>
      {done === undefined ? null : <Progress value={done.of === 0 ? 0 : (done.count / done.of) * 100} aria-label={`${done.count} of ${done.of} invited`} />}
      <div className={styles.actions}>
        <Button type="submit" variant="filled" loading={invite.isPending} disabled={!canInvite}>
          Invite
        </Button>
        <Button onClick={onClose}>Not now</Button>
      </div>
    </form>
  );
}

function PeopleToInvite({ people, onPeople }: { readonly people: readonly PickedContact[]; readonly onPeople: (people: readonly PickedContact[]) => void }) {
  return (
    <div>
      <ContactPicker
        label="People"
        value={null}
        onChange={(contact) => {
          if (contact !== null && !people.some((one) => one.id === contact.id)) onPeople([...people, contact]);
        }}
      />
      <ul className={styles.chosen}>
        {people.map((contact) => (
          <li key={contact.id}>
            <bdi>{contact.name}</bdi>
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={`Leave out ${contact.name}`}
              onClick={() => onPeople(people.filter((one) => one.id !== contact.id))}
            >
              Leave out
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

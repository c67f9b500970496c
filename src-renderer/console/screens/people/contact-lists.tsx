import { CloseButton, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { Contact } from '#server/people/people.contract.ts';
import { changeListMembers, listsQuery } from '../../../api/people.ts';
import { problemSentence } from '../../../api/problem.ts';
import { showProblemToast, showUndoToast } from '../../../ui/toasts.tsx';
import styles from './contact-lists.module.css';
import { Quiet, RecordPart } from './record-page.tsx';

/** The lists a contact is on. Picked lists can be changed here; active ones keep themselves. */
export function ContactLists({ contact }: { readonly contact: Contact }) {
  const queries = useQueryClient();
  const lists = useQuery(listsQuery);
  const on = new Set(contact.lists.map((list) => list.id));
  const kinds = new Map((lists.data ?? []).map((list) => [list.id, list.kind]));
  const offered = (lists.data ?? []).filter((list) => list.kind === 'static' && !on.has(list.id));

  async function change(listId: string, act: 'add' | 'remove'): Promise<void> {
    try {
      await changeListMembers(listId, { [act]: [contact.id] });
      await Promise.all([queries.invalidateQueries({ queryKey: ['contacts'] }), queries.invalidateQueries({ queryKey: ['lists'] })]);
    } catch (error) {
      showProblemToast(problemSentence(error));
    }
  }

  return (
    <RecordPart
      title="Lists"
      action={
        offered.length === 0 ? null : (
          <Menu>
            <Menu.Target>
              <button type="button" className={styles.add}>
                <Plus size={13} aria-hidden="true" /> Add to a list
              </button>
            </Menu.Target>
            <Menu.Dropdown className={styles.menu ?? ''}>
              {offered.map((list) => (
                <Menu.Item key={list.id} onClick={() => void change(list.id, 'add')}>
                  <bdi>{list.name}</bdi>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )
      }
    >
      {contact.lists.length === 0 ? (
        <Quiet>On no list.</Quiet>
      ) : (
        <ul className={styles.lists}>
          {contact.lists.map((list) => (
            <li key={list.id} className={styles.list}>
              <Link to="/people/lists/$listId" params={{ listId: list.id }} className={styles.name ?? ''}>
                <bdi>{list.name}</bdi>
              </Link>
              {kinds.get(list.id) === 'static' ? (
                <CloseButton
                  size="xs"
                  aria-label={`Take off the list ${list.name}`}
                  onClick={() => void change(list.id, 'remove').then(() => showUndoToast(`Taken off “${list.name}”`, () => void change(list.id, 'add')))}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </RecordPart>
  );
}

import { Checkbox, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { DeviceScope } from '#server/devices/devices.contract.ts';
import type { List } from '#server/people/people.contract.ts';
import { listsQuery } from '../../../api/people.ts';
import { statusQuery } from '../../../api/status.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { ScopeCap } from './scope-cap.tsx';
import styles from './scope-fields.module.css';

interface ScopeFieldsProps<Scope extends DeviceScope> {
  readonly scope: Scope;
  readonly problem?: string | undefined;
  readonly mostProblem?: string | undefined;
  /** Whether those who are left out are asked for while they ring; a phone book on a desk phone asks nobody. */
  readonly isLookedUp?: boolean;
  readonly onChange: (scope: Scope) => void;
  /** What else is chosen about them. */
  readonly children?: ReactNode;
}

/** Which contacts a phone gets. */
export function ScopeFields<Scope extends DeviceScope>({ scope, problem, mostProblem, isLookedUp = true, onChange, children }: ScopeFieldsProps<Scope>) {
  const status = useQuery(statusQuery);
  const lists = useQuery(listsQuery);
  const total = status.data?.counts.contacts;

  return (
    <div className={styles.scope}>
      <Radio.Group
        aria-label="Which contacts"
        error={problem}
        value={scope.everyone ? 'everyone' : 'lists'}
        onChange={(value) => onChange({ ...scope, everyone: value === 'everyone' })}
      >
        <div className={styles.choices}>
          <Radio value="everyone" label="Everybody" description={everybodyInWords(total)} />
          <Radio
            value="lists"
            label="Only some lists"
            description={isLookedUp ? 'The others are still recognised while the phone is on this network.' : 'The others show as numbers.'}
          />
          {scope.everyone ? null : <ChosenLists lists={lists.data} chosen={scope.listIds} onChoose={(listIds) => onChange({ ...scope, listIds })} />}
        </div>
      </Radio.Group>
      <ScopeCap scope={scope} isLookedUp={isLookedUp} onMost={(most) => onChange({ ...scope, most })} problem={mostProblem} />
      {children}
    </div>
  );
}

function everybodyInWords(total: number | undefined): string {
  if (total === undefined) return 'All contacts that are shown on phones.';
  if (total === 0) return 'There are no contacts yet. They come onto the phone as you add them.';
  return `All ${total.toLocaleString('en')} contacts, except those kept off the phones.`;
}

/** More lists than one finds at a glance. */
const many = 12;

interface ChosenListsProps {
  readonly lists: readonly List[] | undefined;
  readonly chosen: readonly string[];
  readonly onChoose: (listIds: string[]) => void;
}

/** The lists a phone gets. Where there are many, those that are chosen and those that are searched for. */
function ChosenLists({ lists, chosen, onChoose }: ChosenListsProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const shown = lists?.filter(({ id, name }) => chosen.includes(id) || name.toLocaleLowerCase().includes(wanted));
  return (
    <fieldset className={styles.lists}>
      <legend className="visually-hidden">Lists</legend>
      {lists?.length === 0 ? <p className={styles.none}>There are no lists yet. Make one under People, Lists.</p> : null}
      {(lists?.length ?? 0) > many ? (
        <div className={styles.find}>
          <SearchField label="Find a list" value={search} onSearch={setSearch} />
        </div>
      ) : null}
      {shown?.length === 0 && wanted !== '' ? <p className={styles.none}>No list is called so.</p> : null}
      {shown?.map((list) => (
        <Checkbox
          key={list.id}
          checked={chosen.includes(list.id)}
          label={<bdi>{list.name}</bdi>}
          description={`${list.memberCount.toLocaleString('en')} people`}
          onChange={(event) => onChoose(event.currentTarget.checked ? [...chosen, list.id] : chosen.filter((one) => one !== list.id))}
        />
      ))}
    </fieldset>
  );
}

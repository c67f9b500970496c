import { Checkbox, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DeviceScope } from '#server/devices/devices.contract.ts';
import { listsQuery } from '../../../api/people.ts';
import { statusQuery } from '../../../api/status.ts';
import { ScopeCap } from './scope-cap.tsx';
import styles from './scope-fields.module.css';

interface ScopeFieldsProps {
  readonly scope: DeviceScope;
  readonly problem?: string | undefined;
  readonly mostProblem?: string | undefined;
  /** Whether those who are left out are asked for while they ring; a phone book on a desk phone asks nobody. */
  readonly isLookedUp?: boolean;
  readonly onChange: (scope: DeviceScope) => void;
}

/** Which contacts a phone gets. */
export function ScopeFields({ scope, problem, mostProblem, isLookedUp = true, onChange }: ScopeFieldsProps) {
  const status = useQuery(statusQuery);
  const lists = useQuery(listsQuery);
  const total = status.data?.counts.contacts;

  function toggle(id: string, isOn: boolean): void {
    onChange({ ...scope, listIds: isOn ? [...scope.listIds, id] : scope.listIds.filter((one) => one !== id) });
  }

  return (
    <div className={styles.scope}>
      <Radio.Group
        aria-label="Which contacts"
        error={problem}
        value={scope.everyone ? 'everyone' : 'lists'}
        onChange={(value) => onChange({ ...scope, everyone: value === 'everyone' })}
      >
        <div className={styles.choices}>
          <Radio
            value="everyone"
            label="Everybody"
            description={
              total === undefined ? 'All contacts that are shown on phones.' : `All ${total.toLocaleString('en')} contacts, except those kept off the phones.`
            }
          />
          <Radio
            value="lists"
            label="Only some lists"
            description={isLookedUp ? 'The others are still recognised while the phone is on this network.' : 'The others show as numbers.'}
          />
          {scope.everyone ? null : (
            <fieldset className={styles.lists}>
              <legend className="visually-hidden">Lists</legend>
              {lists.data?.length === 0 ? <p className={styles.none}>There are no lists yet. Make one under People, Lists.</p> : null}
              {lists.data?.map((list) => (
                <Checkbox
                  key={list.id}
                  checked={scope.listIds.includes(list.id)}
                  label={<bdi>{list.name}</bdi>}
                  description={`${list.memberCount.toLocaleString('en')} people`}
                  onChange={(event) => toggle(list.id, event.currentTarget.checked)}
                />
              ))}
            </fieldset>
          )}
        </div>
      </Radio.Group>
      <ScopeCap scope={scope} isLookedUp={isLookedUp} onChange={onChange} problem={mostProblem} />
    </div>
  );
}

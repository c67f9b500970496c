import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LdapSettings } from '#server/ldap/ldap.contract.ts';
import { ldapQuery, saveLdapSettings } from '../../../api/pbx.ts';
import { problemSentence } from '../../../api/problem.ts';
import { SwitchField } from '../../../ui/fields.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import styles from './system-parts.module.css';

/** Opens the directory by LDAP, and its port without encryption where a telephone knows no other. It holds for all systems. */
export function DirectoryDoor() {
  const queries = useQueryClient();
  const door = useQuery(ldapQuery);
  const save = useMutation({
    mutationFn: saveLdapSettings,
    onSuccess: (saved) => queries.setQueryData(ldapQuery.queryKey, saved),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const state = door.data;
  const change = (patch: Partial<LdapSettings>) => (state === undefined ? undefined : save.mutate({ ...state.settings, ...patch }));
  return (
    <div className={styles.stack}>
      <SwitchField
        label="Open the directory"
        hint={`Port ${state?.settings.tlsPort ?? 3636}, over TLS, for all systems that have a key.`}
        checked={state?.settings.isOn === true}
        disabled={state === undefined || save.isPending}
        onChange={(isOn) => change({ isOn })}
      />
      {state?.settings.isOn === true ? (
        <SwitchField
          label="Also without encryption"
          hint={`Port ${state.settings.plainPort}, for telephones that can’t speak today’s TLS.`}
          checked={state.settings.isPlainOn}
          disabled={save.isPending}
          onChange={(isPlainOn) => change({ isPlainOn })}
        />
      ) : null}
      {state?.problem === null || state === undefined ? null : <p className={styles.warning}>{state.problem}</p>}
      {state?.warning === null || state === undefined ? null : <p className={styles.warning}>{state.warning}</p>}
    </div>
  );
}

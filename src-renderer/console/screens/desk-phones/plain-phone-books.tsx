import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { pbxSettingsQuery, savePbxSettings } from '../../../api/pbx.ts';
import { problemSentence } from '../../../api/problem.ts';
import { SwitchField } from '../../../ui/fields.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import styles from './system-parts.module.css';

/** Phone books without encryption, for telephones that know no modern TLS. It holds for all desk phones. */
export function PlainPhoneBooks() {
  const queries = useQueryClient();
  const settings = useQuery(pbxSettingsQuery);
  const save = useMutation({
    mutationFn: (plainPhoneBooks: boolean) => savePbxSettings({ plainPhoneBooks }),
    onSuccess: (saved) => queries.setQueryData(pbxSettingsQuery.queryKey, saved),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const isOn = settings.data?.plainPhoneBooks === true;
  return (
    <div>
      <SwitchField
        label="Also serve phone books without encryption"
        hint="For old telephones that can’t speak today’s TLS or can’t be given our certificate. It holds for all desk phones; addresses made from now on use it."
        checked={isOn}
        disabled={settings.data === undefined || save.isPending}
        onChange={(on) => save.mutate(on)}
      />
      {isOn ? <p className={styles.warning}>Anybody on the same network can read the names and numbers, and the key, while a telephone fetches them.</p> : null}
    </div>
  );
}

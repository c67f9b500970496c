import { Chip } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CallSettings, CallSettingsInput } from '#server/calls/call-settings.contract.ts';
import { callSettingsQuery, saveCallSettings } from '../../../api/call-settings.ts';
import { FieldStack, NumberField, SwitchField, TextField } from '../../../ui/fields.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import type { FormProps } from '../../form-props.ts';
import { useEditedForm } from '../../use-edited-form.ts';
import styles from './calls-screen.module.css';
import { SettingsForm } from './settings-form.tsx';
import { SettingsPage } from './settings-page.tsx';

const labels = { callBackTasks: 'Call back who was missed', callBackHours: 'Hours', opens: 'Opens', closes: 'Closes', workdays: 'Working days' };

/** ISO 8601: 1 is Monday. */
const days = [
  { value: '1', label: 'Monday' },
  { value: '2', label: 'Tuesday' },
  { value: '3', label: 'Wednesday' },
  { value: '4', label: 'Thursday' },
  { value: '5', label: 'Friday' },
  { value: '6', label: 'Saturday' },
  { value: '7', label: 'Sunday' },
] as const;

/** What becomes of missed calls. */
export function CallsScreen() {
  const queries = useQueryClient();
  const settings = useQuery(callSettingsQuery);
  const form = useEditedForm({
    place: 'settings.calls',
    stored: settings.data,
    fields: CallSettings,
    rules: CallSettingsInput,
    save: saveCallSettings,
    onSaved: (saved) => queries.setQueryData(callSettingsQuery.queryKey, saved),
  });
  return (
    <SettingsPage title="Calls">
      <Loaded query={settings} failed="The settings of calls could not be read" skeleton={<FormSkeleton />}>
        {() =>
          form === undefined ? (
            <FormSkeleton />
          ) : (
            <SettingsForm form={form} failed="The settings of calls were not saved" labels={labels}>
              <CallFields draft={form.value} problems={form.problems} onEdit={form.edit} />
            </SettingsForm>
          )
        }
      </Loaded>
    </SettingsPage>
  );
}

function CallFields({ draft, problems, onEdit }: FormProps<CallSettings>) {
  const isOff = !draft.callBackTasks;
  return (
    <FieldStack>
      <SwitchField
        label={labels.callBackTasks}
        hint="Each missed caller becomes something to do for whoever was called. It is done by itself once they are spoken to."
        checked={draft.callBackTasks}
        onChange={(callBackTasks) => onEdit({ callBackTasks })}
      />
      <NumberField
        label="Within how many hours"
        hint="On the same working day, before the desk closes."
        value={draft.callBackHours}
        min={1}
        max={72}
        disabled={isOff}
        problem={problems['callBackHours']}
        onChange={(callBackHours) => onEdit({ callBackHours: callBackHours ?? 0 })}
      />
      <div className={styles.pair}>
        <TextField
          label="The desk opens at"
          value={draft.opens}
          maxLength={5}
          disabled={isOff}
          problem={problems['opens']}
          onChange={(opens) => onEdit({ opens })}
        />
        <TextField
          label="It closes at"
          value={draft.closes}
          maxLength={5}
          disabled={isOff}
          problem={problems['closes']}
          onChange={(closes) => onEdit({ closes })}
        />
      </div>
      <fieldset className={styles.workdays}>
        <legend className={styles.label}>{labels.workdays}</legend>
        <Chip.Group multiple value={draft.workdays.map(String)} onChange={(chosen) => onEdit({ workdays: chosen.map(Number) })}>
          <div className={styles.days}>
            {days.map(({ value, label }) => (
              <Chip key={value} value={value} size="sm" variant="outline" disabled={isOff}>
                {label}
              </Chip>
            ))}
          </div>
        </Chip.Group>
        {problems['workdays'] === undefined ? null : <p className={styles.problem}>{problems['workdays']}</p>}
      </fieldset>
    </FieldStack>
  );
}

import type { ReactNode } from 'react';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import type { EditedForm } from '../../use-edited-form.ts';
import { SaveBar } from './save-bar.tsx';
import styles from './settings.module.css';

interface SettingsFormProps<Value extends object> {
  readonly form: EditedForm<Value>;
  /** What was not done when saving fails: "The mail server was not saved". */
  readonly failed: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

/** The frame of a settings form: fields, what went wrong, Save and Discard. */
export function SettingsForm<Value extends object>({ form, failed, labels, children }: SettingsFormProps<Value>) {
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      {children}
      <ProblemSummary error={form.error} title={failed} labels={labels} />
      <SaveBar isChanged={form.isChanged} isSaving={form.isSaving} wasSaved={form.wasSaved} onDiscard={() => form.discard()} />
    </form>
  );
}

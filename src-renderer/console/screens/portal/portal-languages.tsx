import { Checkbox } from '@mantine/core';
import type { PortalSettings } from '#server/portal/portal.contract.ts';
import type { FormProps } from '../../form-props.ts';
import styles from './portal-screen.module.css';

interface PortalLanguagesFieldProps extends FormProps<PortalSettings> {
  readonly known: readonly { readonly code: string; readonly name: string }[];
}

/** The languages customers may choose between. The one for everybody else can't be left out. */
export function PortalLanguagesField({ draft, problems, known, onEdit }: PortalLanguagesFieldProps) {
  return (
    <Checkbox.Group
      className={styles.languages ?? ''}
      label="Languages customers may choose"
      description="The visitor’s own comes first, where it is among them."
      error={problems['languages']}
      value={[...draft.languages]}
      onChange={(languages) => onEdit({ languages })}
    >
      <div className={styles.checks}>
        {known.map(({ code, name }) => (
          <Checkbox key={code} value={code} label={name} disabled={code === draft.defaultLanguage} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

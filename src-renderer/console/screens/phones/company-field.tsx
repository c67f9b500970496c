import { Checkbox } from '@mantine/core';
import styles from './scope-fields.module.css';

interface CompanyFieldProps {
  readonly showsCompany: boolean;
  readonly onChange: (showsCompany: boolean) => void;
}

/** What of each contact lies on the phone: names and numbers always, the company where it is wanted. */
export function CompanyField({ showsCompany, onChange }: CompanyFieldProps) {
  return (
    <div className={styles.part}>
      <Checkbox
        checked={showsCompany}
        label="The company beside the name"
        description="Other apps that may read the phone’s contacts, such as messengers, read it too. Without it only names and numbers lie on the phone; Doorline’s page still shows the company while it rings."
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  );
}

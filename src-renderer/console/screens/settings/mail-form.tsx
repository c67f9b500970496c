import type { MailSettingsInput } from '#server/mail/mail.contract.ts';
import { CheckboxField, FieldStack, NumberField, PasswordField, SelectField, TextField } from '../../../ui/fields.tsx';
import type { FormProps } from '../../form-props.ts';
import styles from './mail.module.css';

/** What the form shows: everything but the password, which is never read back and never kept in a draft. */
export type MailDraft = Omit<MailSettingsInput, 'password'>;

export const newMail: MailDraft = { host: '', port: 587, security: 'starttls', username: '', fromName: '', fromAddress: '', acceptSelfSigned: false };

const usualPorts = { starttls: 587, tls: 465, none: 25 } as const;
const securityChoices = [
  { value: 'starttls', label: 'STARTTLS, usually port 587' },
  { value: 'tls', label: 'TLS from the start, usually port 465' },
  { value: 'none', label: 'None, only inside your own network' },
];

interface MailFormProps extends FormProps<MailDraft> {
  readonly password: string;
  readonly hasPassword: boolean;
  readonly onPassword: (password: string) => void;
}

/** How mail leaves the building. */
export function MailForm({ draft, problems, onEdit, password, hasPassword, onPassword }: MailFormProps) {
  function chooseSecurity(chosen: string): void {
    const security = chosen === 'tls' || chosen === 'none' ? chosen : 'starttls';
    // The port follows as long as it is a usual one; a port of one's own stays.
    const follows = Object.values<number>(usualPorts).includes(draft.port);
    onEdit(follows ? { security, port: usualPorts[security] } : { security });
  }

  return (
    <FieldStack>
      <TextField
        label="Sender’s address"
        hint="Customers see it and can answer to it."
        type="email"
        placeholder="support@example.com"
        value={draft.fromAddress}
        problem={problems['fromAddress']}
        onChange={(fromAddress) => onEdit({ fromAddress: fromAddress.trim() })}
      />
      <TextField label="Sender’s name" value={draft.fromName} problem={problems['fromName']} maxLength={120} onChange={(fromName) => onEdit({ fromName })} />
      <TextField
        label="Mail server"
        hint="Your provider calls it the outgoing or SMTP server."
        placeholder="mail.example.com"
        value={draft.host}
        problem={problems['host']}
        onChange={(host) => onEdit({ host: host.trim() })}
      />
      <div className={styles.pair}>
        <SelectField label="Security" value={draft.security} choices={securityChoices} problem={problems['security']} onChange={chooseSecurity} />
        <NumberField label="Port" value={draft.port} min={1} max={65_535} problem={problems['port']} onChange={(port) => onEdit({ port: port ?? 0 })} />
      </div>
      <TextField
        label="User name"
        hint="Empty if the server asks for none."
        value={draft.username}
        problem={problems['username']}
        onChange={(username) => onEdit({ username })}
      />
      <PasswordField
        label="Password"
        hint={hasPassword ? 'One is stored, sealed. Leave this empty to keep it.' : 'It is stored sealed and never shown again.'}
        placeholder={hasPassword ? '••••••••' : ''}
        value={password}
        problem={problems['password']}
        onChange={onPassword}
      />
      <CheckboxField
        label="Accept a certificate the mail server made itself"
        hint="Only for a mail server inside your own network."
        checked={draft.acceptSelfSigned}
        onChange={(acceptSelfSigned) => onEdit({ acceptSelfSigned })}
      />
    </FieldStack>
  );
}

import type { PbxKind, PbxSourceInput } from '#server/pbx/pbx.contract.ts';
import { NumberField, TextField } from '../../../ui/fields.tsx';
import { ScopeFields } from '../phones/scope-fields.tsx';
import { ExtensionFields } from './extension-fields.tsx';
import { DirectoryDoor } from './directory-door.tsx';
import { isDeskPhone, listsContacts } from './kinds.ts';
import { PlainPhoneBooks } from './plain-phone-books.tsx';
import styles from './system-parts.module.css';

/** What may be changed of a system at any time. Addresses are typed as one line. */
export interface SystemDraft extends Pick<PbxSourceInput, 'name' | 'scope' | 'extensions' | 'mostEntries'> {
  readonly addresses: string;
}

/** The addresses of a line, however they are set apart. */
export function addressesOf(line: string): string[] {
  return line.split(/[\s,;]+/u).filter((address) => address !== '');
}

interface DetailsFieldsProps {
  readonly kind: PbxKind;
  readonly draft: SystemDraft;
  readonly problems: Readonly<Record<string, string>>;
  readonly onEdit: (patch: Partial<SystemDraft>) => void;
}

/** Name, contacts, addresses and extensions of a system. */
export function DetailsFields({ kind, draft, problems, onEdit }: DetailsFieldsProps) {
  const addressProblem = Object.entries(problems).find(([path]) => path.startsWith('addresses'))?.[1];
  return (
    <div className={styles.fields}>
      <TextField
        label="What to call it"
        hint="So that you find it again in the list."
        value={draft.name}
        placeholder={isDeskPhone(kind) ? 'Reception' : 'Switchboard'}
        maxLength={80}
        problem={problems['name']}
        onChange={(name) => onEdit({ name })}
      />
      {listsContacts(kind) ? (
        <div>
          <h3 className={styles.title}>{kind === 'ldap' ? 'Which contacts it may search' : 'Which contacts are in its phone book'}</h3>
          <ScopeFields
            isLookedUp={false}
            scope={draft.scope}
            problem={problems['scope.listIds']}
            mostProblem={problems['scope.most']}
            onChange={(scope) => onEdit({ scope })}
          />
        </div>
      ) : null}
      {isDeskPhone(kind) ? (
        <NumberField
          label="Entries in its phone book, at most"
          hint={`Empty: as many as telephones of this maker take, about ${kind === 'fritzbox' ? 'two thousand' : 'a thousand'}. The likeliest callers come first.`}
          value={draft.mostEntries}
          min={1}
          max={10_000}
          problem={problems['mostEntries']}
          onChange={(mostEntries) => onEdit({ mostEntries })}
        />
      ) : null}
      <TextField
        label="Where it asks from"
        hint="Its address, such as 192.168.1.20, or its network, such as 192.168.1.0/24. Empty: from anywhere that reaches this PC."
        value={draft.addresses}
        placeholder="192.168.1.20"
        problem={addressProblem}
        onChange={(addresses) => onEdit({ addresses })}
      />
      {kind === 'fritzbox' ? null : <ExtensionFields extensions={draft.extensions} problems={problems} onChange={(extensions) => onEdit({ extensions })} />}
      {isDeskPhone(kind) && kind !== 'fritzbox' ? <PlainPhoneBooks /> : null}
      {kind === 'ldap' ? <DirectoryDoor /> : null}
    </div>
  );
}

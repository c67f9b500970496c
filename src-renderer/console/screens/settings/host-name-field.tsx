import type { FieldProblems } from '../../../api/problem.ts';
import { TextField } from '../../../ui/fields.tsx';

interface HostNameFieldProps {
  readonly hostName: string;
  readonly problems: FieldProblems;
  readonly onEdit: (edits: { hostName: string }) => void;
}

/** The name customers type. It can stay empty. */
export function HostNameField({ hostName, problems, onEdit }: HostNameFieldProps) {
  return (
    <TextField
      label="Name of this desk on your network"
      hint="Such as help.example.com, if your DNS server or router leads it to this PC. Leave it empty to use the PC’s address."
      placeholder="No name: the PC’s address"
      type="url"
      value={hostName}
      problem={problems['hostName']}
      onChange={(value) => onEdit({ hostName: value.trim().toLowerCase() })}
    />
  );
}

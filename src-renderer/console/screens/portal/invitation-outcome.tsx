import { Button } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import type { InvitationResult } from '#server/members/members.contract.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import styles from './members-screen.module.css';

interface InvitationOutcomeProps {
  readonly result: InvitationResult;
  readonly wasMailed: boolean;
  readonly onClose: () => void;
}

/** Who was invited, with links to copy, and who was not and why. */
export function InvitationOutcome({ result, wasMailed, onClose }: InvitationOutcomeProps) {
  const { invited, skipped } = result;
  return (
    <div className={styles.stack} aria-live="polite">
      <p>
        <CircleCheck size={16} aria-hidden="true" /> {invitedInWords(invited.length)}
        {wasMailed && invited.length > 0 ? ' Their mails are on the way.' : ''}
      </p>
      {invited.length === 0 ? null : (
        <section>
          <div className={styles.actions}>
            <h3 className={styles.heading}>Links</h3>
            {invited.length > 1 ? (
              <CopyButton size="xs" value={invited.map(({ name, email, link }) => `${name}\t${email}\t${link}`).join('\n')} label="Copy all as a table" />
            ) : null}
          </div>
          <p className={styles.quiet}>Each works once and is not shown again.</p>
          <ul className={styles.results}>
            {invited.slice(0, 200).map(({ memberId, name, link }) => (
              <li key={memberId}>
                <bdi>{name}</bdi>
                <CopyButton size="xs" value={link} label="Copy link" />
              </li>
            ))}
          </ul>
        </section>
      )}
      {skipped.length === 0 ? null : (
        <section>
          <h3 className={styles.heading}>{skipped.length === 1 ? 'One was left out' : `${skipped.length.toLocaleString('en')} were left out`}</h3>
          <ul className={styles.results}>
            {skipped.slice(0, 200).map(({ contactId, name, reason }) => (
              <li key={contactId}>
                <bdi>{name}</bdi>
                <span className={styles.reason}>{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div>
        <Button variant="filled" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}

function invitedInWords(count: number): string {
  if (count === 0) return 'Nobody new was invited.';
  return count === 1 ? 'One customer is invited.' : `${count.toLocaleString('en')} customers are invited.`;
}

import type { InvitationResult } from '#server/members/members.contract.ts';
import { Card } from '../../../ui/page.tsx';
import { OneTimeLink } from '../portal/one-time-link.tsx';
import styles from './setup.module.css';

/** The link, for a second way to hand it over. */
export function Invited({ invited, wasMailed }: { readonly invited: InvitationResult['invited'][number]; readonly wasMailed: boolean }) {
  return (
    <Card tone="on">
      <div className={styles.invited}>
        <p>
          {wasMailed
            ? `A mail is on its way to ${invited.email}. If it does not arrive, hand over this link:`
            : `Hand this link to ${invited.name}, by chat or on paper. It opens from a device in your network:`}
        </p>
        <OneTimeLink link={invited.link} expiresAt={invited.expiresAt} />
      </div>
    </Card>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { mailSettingsQuery } from '../../../api/mail.ts';
import { inviteMembers } from '../../../api/members.ts';
import { contactQuery } from '../../../api/people.ts';
import { portalSettingsQuery } from '../../../api/portal.ts';
import { companySettingsQuery } from '../../../api/setup.ts';
import { useDraft } from '../../../api/use-draft.ts';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { Wizard, type WizardNext } from '../../../ui/wizard.tsx';
import { ContactPicker } from '../people/contact-picker.tsx';
import { InvitationPreview } from './invitation-preview.tsx';
import { Invited } from './invited.tsx';
import { NewCustomer } from './new-customer.tsx';
import { ReadyToInvite } from './ready-to-invite.tsx';
import type { SetupStepProps } from './setup-frame.ts';

const Chosen = z.object({ id: z.string(), name: z.string() }).nullable();
type Chosen = z.infer<typeof Chosen>;

/** Lets the first customer in: found among the contacts or added here, invited by mail or by a link one hands over. */
export function CustomerStep({ frame, onNext }: SetupStepProps) {
  const queries = useQueryClient();
  const draft = useDraft<Chosen>({ place: 'setup.customer', schema: Chosen, empty: null, isEmpty: (body) => body === null });
  const [isAdding, setAdding] = useState(false);
  const chosen = draft.body;
  const mail = useQuery(mailSettingsQuery);
  const portal = useQuery(portalSettingsQuery);
  const company = useQuery(companySettingsQuery);
  const canMail = mail.data !== undefined && mail.data !== null;
  const invite = useMutation({
    mutationFn: (contactId: string) => inviteMembers({ contactIds: [contactId], sendMail: canMail }),
    onSuccess: (result) => {
      if (result.invited.length > 0) draft.clear();
      for (const queryKey of [['setup'], ['members'], ['contacts', 'one'], ['status']]) void queries.invalidateQueries({ queryKey });
    },
  });

  const shownId = chosen?.id ?? invite.data?.invited[0]?.contactId;
  const contact = useQuery({ ...contactQuery(shownId ?? ''), enabled: shownId !== undefined });

  function choose(next: Chosen): void {
    invite.reset();
    setAdding(false);
    draft.edit(next);
  }

  const invited = invite.data?.invited[0];
  const skipped = invite.data?.skipped[0];
  const person = contact.data;
  const isReady = person !== undefined && person.email !== null && chosen !== null;
  const isPortalOff = portal.data?.isOn === false;

  return (
    <Wizard
      {...frame}
      heading={invited === undefined ? 'Invite your first customer' : `${invited.name} is invited`}
      lead={
        invited === undefined
          ? 'Try it with a colleague first, or with yourself: whoever you invite chooses a password and is in.'
          : 'From here on they sign in by themselves. You can invite others, or whole lists, under Portal.'
      }
      preview={<InvitationPreview person={person} portal={portal.data} company={company.data} />}
      next={nextAction({
        isInvited: invited !== undefined,
        isReady,
        canMail,
        isBusy: invite.isPending,
        onNext,
        onInvite: () => invite.mutate(chosen?.id ?? ''),
      })}
      skip={invited === undefined ? { label: 'Skip for now', onClick: onNext } : undefined}
    >
      {invited === undefined ? (
        <>
          <ContactPicker label="Customer" hint="Among the contacts you imported." value={chosen} onChange={choose} />
          {chosen === null ? <NewCustomer isOpen={isAdding} onOpen={() => setAdding(true)} onAdded={choose} /> : null}
          {person === undefined ? null : <ReadyToInvite contact={person} canMail={canMail} isPortalOff={isPortalOff} />}
          {skipped === undefined ? null : <p role="alert">{`${skipped.name}: ${skipped.reason}`}</p>}
          <ProblemSummary error={invite.error} title="Nobody was invited" />
        </>
      ) : (
        <Invited invited={invited} wasMailed={canMail} />
      )}
    </Wizard>
  );
}

interface NextFacts {
  readonly isInvited: boolean;
  readonly isReady: boolean;
  readonly canMail: boolean;
  readonly isBusy: boolean;
  readonly onNext: () => void;
  readonly onInvite: () => void;
}

function nextAction({ isInvited, isReady, canMail, isBusy, onNext, onInvite }: NextFacts): WizardNext {
  if (isInvited) return { label: 'Continue', onClick: onNext };
  return { label: canMail ? 'Send the invitation' : 'Make an invitation link', isDisabled: !isReady, isBusy, onClick: onInvite };
}

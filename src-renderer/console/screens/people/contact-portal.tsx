import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Contact } from '#server/people/people.contract.ts';
import { changeMember, inviteMembers, makeMemberLink } from '../../../api/members.ts';
import { problemSentence } from '../../../api/problem.ts';
import { Chip } from '../../../ui/chip.tsx';
import { showProblemToast, showToast, showUndoToast } from '../../../ui/toasts.tsx';
import { memberState } from '../portal/member-words.ts';
import { OneTimeLink } from '../portal/one-time-link.tsx';
import styles from './contact-portal.module.css';
import { Quiet, RecordPart } from './record-page.tsx';

/** Whether the contact can sign in on the portal, and the way to let them in. */
export function ContactPortal({ contact }: { readonly contact: Contact }) {
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([queries.invalidateQueries({ queryKey: ['contacts', 'one', contact.id] }), queries.invalidateQueries({ queryKey: ['members'] })]);
  const onError = (error: unknown) => showProblemToast(problemSentence(error));
  const invite = useMutation({
    mutationFn: (sendMail: boolean) => inviteMembers({ contactIds: [contact.id], sendMail }),
    async onSuccess(result, sendMail) {
      await refresh();
      const refused = result.skipped[0];
      if (refused !== undefined) showProblemToast(refused.reason);
      else showToast(sendMail ? `The invitation is on its way to ${contact.email}` : 'The invitation link is ready');
    },
    onError,
  });
  const link = useMutation({ mutationFn: (id: string) => makeMemberLink(id), onError });
  const change = useMutation({
    mutationFn: (patch: { id: string; state: 'active' | 'disabled' }) => changeMember(patch.id, { state: patch.state }),
    onSuccess: refresh,
    onError,
  });
  const { member } = contact;
  const made = link.data ?? invite.data?.invited[0];

  if (member === null) {
    return (
      <RecordPart title="Portal">
        {contact.email === null ? (
          <Quiet>Add an e-mail address first: members sign in with it.</Quiet>
        ) : (
          <div className={styles.actions}>
            <Button variant="filled" size="xs" loading={invite.isPending} onClick={() => invite.mutate(true)}>
              Invite by mail
            </Button>
            <Button size="xs" disabled={invite.isPending} onClick={() => invite.mutate(false)}>
              Make a link instead
            </Button>
          </div>
        )}
      </RecordPart>
    );
  }

  const state = memberState(member.state);
  return (
    <RecordPart title="Portal">
      <p className={styles.state}>
        <Chip tone={state.tone}>{state.words}</Chip> <span className={styles.explains}>{state.explains}</span>
      </p>
      <div className={styles.actions}>
        {member.state === 'disabled' ? (
          <Button size="xs" loading={change.isPending} onClick={() => change.mutate({ id: member.id, state: 'active' })}>
            Let in again
          </Button>
        ) : (
          <>
            <Button size="xs" loading={link.isPending} onClick={() => link.mutate(member.id)}>
              {member.state === 'invited' ? 'New invitation link' : 'Password reset link'}
            </Button>
            <Button
              size="xs"
              loading={change.isPending}
              onClick={() =>
                change.mutate(
                  { id: member.id, state: 'disabled' },
                  {
                    onSuccess: () =>
                      showUndoToast(`${contact.displayName} is signed out and can’t come in`, () => change.mutate({ id: member.id, state: 'active' })),
                  },
                )
              }
            >
              End access
            </Button>
          </>
        )}
      </div>
      {made === undefined ? null : <OneTimeLink link={made.link} expiresAt={made.expiresAt} />}
    </RecordPart>
  );
}

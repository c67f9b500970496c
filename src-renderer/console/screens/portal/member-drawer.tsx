import { Button, Drawer, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Member, MemberPatch } from '#server/members/members.contract.ts';
import { changeMember, makeMemberLink } from '../../../api/members.ts';
import { problemSentence } from '../../../api/problem.ts';
import { Chip } from '../../../ui/chip.tsx';
import { KeyValue } from '../../../ui/key-value.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { showProblemToast, showUndoToast } from '../../../ui/toasts.tsx';
import { memberState } from './member-words.ts';
import styles from './members-screen.module.css';
import { OneTimeLink } from './one-time-link.tsx';

/** One member beside the list: state, what they see, a link, the end of their access. */
export function MemberDrawer({ member, onClose }: { readonly member: Member | undefined; readonly onClose: () => void }) {
  return (
    <Drawer opened={member !== undefined} onClose={onClose} position="right" size={440} title={member === undefined ? 'Member' : <bdi>{member.name}</bdi>}>
      {member === undefined ? null : <MemberDetails key={member.id} listed={member} />}
    </Drawer>
  );
}

const asPortal = 'portal';

function MemberDetails({ listed }: { readonly listed: Member }) {
  const queries = useQueryClient();
  const [member, setMember] = useState(listed);
  const onError = (error: unknown) => showProblemToast(problemSentence(error));
  const change = useMutation({
    mutationFn: (patch: MemberPatch) => changeMember(member.id, patch),
    async onSuccess(saved) {
      setMember(saved);
      await Promise.all([queries.invalidateQueries({ queryKey: ['members'] }), queries.invalidateQueries({ queryKey: ['contacts', 'one', member.contactId] })]);
    },
    onError,
  });
  const link = useMutation({ mutationFn: () => makeMemberLink(member.id), onError });
  const { tone, words, explains } = memberState(member.state);
  const isEnded = member.state === 'disabled';

  return (
    <div className={styles.stack}>
      <p>
        <Chip tone={tone}>{words}</Chip> <span className={styles.quiet}>{explains}</span>
      </p>
      <KeyValue
        labelWidth={112}
        rows={[
          ['Signs in with', member.email === '' ? 'No address: can’t sign in' : <bdi key="email">{member.email}</bdi>],
          ['Invited', member.invitedAt === null ? null : <RelativeTime key="invited" at={member.invitedAt} />],
          ['First sign-in', member.activatedAt === null ? null : <RelativeTime key="active" at={member.activatedAt} />],
          ['Last sign-in', member.lastSignInAt === null ? 'Never' : <RelativeTime key="last" at={member.lastSignInAt} />],
          [
            'Contact',
            <Link key="contact" to="/people/$contactId" params={{ contactId: member.contactId }} className={styles.link ?? ''}>
              <bdi>{member.name}</bdi>
            </Link>,
          ],
        ]}
      />
      <Radio.Group
        label="Sees"
        value={member.visibility ?? asPortal}
        onChange={(value) => change.mutate({ visibility: value === 'own' || value === 'company' ? value : null })}
      >
        <div className={styles.radios}>
          <Radio value={asPortal} label="What the portal’s settings say" />
          <Radio value="own" label="Only their own tickets" />
          <Radio value="company" label="All tickets of their company" />
        </div>
      </Radio.Group>
      <div>
        <div className={styles.actions}>
          {isEnded ? (
            <Button loading={change.isPending} onClick={() => change.mutate({ state: 'active' })}>
              Let in again
            </Button>
          ) : (
            <>
              <Button loading={link.isPending} disabled={member.email === ''} onClick={() => link.mutate()}>
                {member.state === 'invited' ? 'New invitation link' : 'Password reset link'}
              </Button>
              <Button
                loading={change.isPending}
                onClick={() =>
                  change.mutate(
                    { state: 'disabled' },
                    { onSuccess: () => showUndoToast(`${member.name} is signed out and can’t come in`, () => change.mutate({ state: 'active' })) },
                  )
                }
              >
                End access
              </Button>
            </>
          )}
        </div>
        {link.data === undefined ? null : <OneTimeLink link={link.data.link} expiresAt={link.data.expiresAt} />}
      </div>
    </div>
  );
}

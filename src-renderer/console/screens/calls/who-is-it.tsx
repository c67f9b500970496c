import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeskCallNews } from '#server/calls/calls.contract.ts';
import { nameCaller } from '../../../api/calls.ts';
import { problemSentence } from '../../../api/problem.ts';
import { showProblemToast } from '../../../ui/toasts.tsx';
import { ContactPicker } from '../people/contact-picker.tsx';
import styles from './ringing-calls.module.css';

const mostCandidates = 4;

/** Where nobody can tell who it is, whoever answers says so: one of those who share the number, or anybody. */
export function WhoIsIt({ call }: { readonly call: DeskCallNews }) {
  const [isAsking, setAsking] = useState(false);
  const name = useMutation({
    mutationFn: (contactId: string) => nameCaller(call.callId, contactId),
    onSuccess: () => setAsking(false),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const candidates = call.caller?.candidates ?? [];
  const others = candidates.filter((candidate) => candidate.id !== call.caller?.contact?.id).slice(0, mostCandidates);
  const isNobody = call.caller === null;
  if (call.isNamedByHand || (others.length === 0 && !isNobody)) return null;
  return (
    <div className={styles.whoIsIt}>
      {others.map((candidate) => (
        <Button
          key={candidate.id}
          size="compact-sm"
          disabled={name.isPending}
          aria-label={`It is ${candidate.name}`}
          className={styles.candidate ?? ''}
          onClick={() => name.mutate(candidate.id)}
        >
          <bdi>{candidate.name}</bdi>
        </Button>
      ))}
      {isAsking ? (
        <ContactPicker label="Who is it" value={null} onChange={(contact) => (contact === null ? undefined : name.mutate(contact.id))} />
      ) : (
        <Button size="compact-sm" onClick={() => setAsking(true)}>
          {others.length > 0 ? 'Somebody else' : 'Say who it is'}
        </Button>
      )}
    </div>
  );
}

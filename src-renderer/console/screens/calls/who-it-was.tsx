import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Call } from '#server/calls/calls.contract.ts';
import { nameCaller } from '../../../api/calls.ts';
import { problemSentence } from '../../../api/problem.ts';
import { showProblemToast, showUndoToast } from '../../../ui/toasts.tsx';
import { ContactPicker } from '../people/contact-picker.tsx';

/** Names the contact of a call by hand, or another one than was matched. */
export function WhoItWas({ call }: { readonly call: Call }) {
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const name = useMutation({
    mutationFn: (contactId: string | null) => nameCaller(call.id, contactId),
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['calls'] }), queries.invalidateQueries({ queryKey: ['timeline'] })]),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  if (!isAsking) {
    return (
      <div>
        <Button size="xs" variant={call.contact === null ? 'filled' : 'default'} onClick={() => setAsking(true)}>
          {call.contact === null ? 'Say who it was' : 'It was somebody else'}
        </Button>
      </div>
    );
  }
  return (
    <ContactPicker
      label="Who it was"
      hint="The call goes onto their timeline."
      value={call.contact}
      autoFocus
      onChange={(contact) => {
        const before = call.contact?.id ?? null;
        if (contact?.id === before) return;
        name.mutate(contact?.id ?? null, {
          onSuccess: () => {
            setAsking(false);
            showUndoToast(contact === null ? 'The call has no contact now' : `The call is ${contact.name}’s now`, () => name.mutate(before));
          },
        });
      }}
    />
  );
}

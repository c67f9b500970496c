import { useQueryClient } from '@tanstack/react-query';
import type { ContactPatch } from '#server/people/people.contract.ts';
import { changeContact, contactQuery } from '../../../api/people.ts';

/** Saves fields of a contact. Rejects with the server's reasons; what is on screen follows the answer. */
export function useContactChange(id: string): (patch: ContactPatch) => Promise<void> {
  const queries = useQueryClient();
  return async (patch) => {
    const contact = await changeContact(id, patch);
    queries.setQueryData(contactQuery(id).queryKey, contact);
    await Promise.all([queries.invalidateQueries({ queryKey: ['contacts', 'list'] }), queries.invalidateQueries({ queryKey: ['numbers'] })]);
  };
}

import { z } from 'zod';
import { newId } from '../kernel/ids.ts';

/** A file that is stored and waits for its message. */
const KeptFile = z.object({ id: z.string(), fileName: z.string(), byteSize: z.number() });
export type KeptFile = z.infer<typeof KeptFile>;

const KeptDraft = z.object({ subject: z.string().default(''), text: z.string().default(''), files: z.array(KeptFile).default([]) });

/** A message while it is written. */
export interface ComposeDraft {
  /** Where it belongs: `new` or the number of a ticket. */
  readonly place: string;
  /** Names this one sending, so that a second press of the button sends nothing twice. */
  readonly sending: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly KeptFile[];
}

export function emptyDraft(place: string): ComposeDraft {
  return { place, sending: newId(), subject: '', text: '', files: [] };
}

/** A draft as it was kept; undefined when there is none or nothing in it. */
export function draftFrom(place: string, kept: unknown): ComposeDraft | undefined {
  const read = KeptDraft.safeParse(kept);
  if (!read.success) return undefined;
  const { subject, text, files } = read.data;
  const isEmpty = subject.trim() === '' && text.trim() === '' && files.length === 0;
  return isEmpty ? undefined : { ...emptyDraft(place), subject, text, files };
}

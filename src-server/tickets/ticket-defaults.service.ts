import { ensureFirstInbox } from '../conversations/inboxes.service.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { ensureFirstPipeline } from './pipelines.service.ts';

const firstPipeline = {
  id: 'support',
  name: 'Support',
  stages: [
    { id: 'support-new', name: 'New', isOpen: true, publicName: { en: 'Received', pl: 'Przyjęte', de: 'Eingegangen' }, turn: 'team' },
    { id: 'support-progress', name: 'In progress', isOpen: true, publicName: { en: 'In progress', pl: 'W toku', de: 'In Bearbeitung' }, turn: 'team' },
    {
      id: 'support-waiting',
      name: 'Waiting for customer',
      isOpen: true,
      publicName: { en: 'Waiting for you', pl: 'Czeka na Ciebie', de: 'Wartet auf Sie' },
      turn: 'customer',
    },
    { id: 'support-closed', name: 'Closed', isOpen: false, publicName: { en: 'Closed', pl: 'Zamknięte', de: 'Geschlossen' }, turn: null },
  ],
} as const;

/** Gives a fresh desk a pipeline and an inbox, so that a ticket has somewhere to go from the first minute. Called at every start. */
export function ensureTicketDefaults(ctx: Context): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await ensureFirstPipeline(ctx, firstPipeline);
    await ensureFirstInbox(ctx, { id: 'support', name: 'Support' });
  });
}

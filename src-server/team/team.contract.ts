import { z } from 'zod';
import { EmailAddress, Id, pageOf } from '../kernel/primitives.contract.ts';

export const Agent = z.object({ id: Id, name: z.string(), email: z.string().nullable(), role: z.enum(['owner', 'admin', 'agent']), isActive: z.boolean() });
export type Agent = z.infer<typeof Agent>;
export const AgentInput = z.object({
  name: z.string().trim().min(1, 'Write the name customers should read.').max(80),
  email: EmailAddress.nullable().default(null),
  role: z.enum(['admin', 'agent']).default('agent'),
});
export type AgentInput = z.infer<typeof AgentInput>;
export const AgentPatch = z.object({ name: z.string().trim().min(1).max(80), email: EmailAddress.nullable(), isActive: z.boolean() }).partial();
export type AgentPatch = z.infer<typeof AgentPatch>;
export const AgentPage = pageOf(Agent);

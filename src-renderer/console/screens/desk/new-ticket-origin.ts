/** Whom a new ticket is for, and the call it came by: given by the screen one comes from. */
export interface NewTicketOrigin {
  readonly contactId?: string;
  readonly callId?: string;
}

export function readNewTicketOrigin(search: Readonly<Record<string, unknown>>): NewTicketOrigin {
  const { contactId, callId } = search;
  return { ...(typeof contactId === 'string' ? { contactId } : {}), ...(typeof callId === 'string' ? { callId } : {}) };
}

import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { MailSettings, MailTestResult, OutgoingMail, OutgoingMailPage, type MailSettingsInput, type MailTestInput } from '#server/mail/mail.contract.ts';
import { call, get } from './client.ts';
import { pagedList } from './pages.ts';

export const mailSettingsQuery = queryOptions({ queryKey: ['mail', 'settings'], queryFn: ({ signal }) => get('/mail', MailSettings, { signal }) });

export function outboxQuery(query: { state?: OutgoingMail['state'] } = {}) {
  return pagedList({ key: ['mail', 'outbox'], path: '/mail/outbox', page: OutgoingMailPage, query });
}

export function saveMailSettings(input: z.input<typeof MailSettingsInput>): Promise<MailSettings> {
  return call({ method: 'PUT', path: '/mail', body: input, answer: MailSettings });
}

export function testMail(input: z.input<typeof MailTestInput>): Promise<MailTestResult> {
  return call({ method: 'POST', path: '/mail/test', body: input, answer: MailTestResult });
}

export function retryMail(id: string): Promise<OutgoingMail> {
  return call({ method: 'POST', path: `/mail/outbox/${id}/retry`, answer: OutgoingMail });
}

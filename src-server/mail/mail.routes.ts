import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { MailSettings, MailSettingsInput, MailTestInput, MailTestResult, OutgoingMail, OutgoingMailPage, OutgoingMailQuery } from './mail.contract.ts';
import { getMailSettings, listOutgoingMail, retryMail, saveMailSettings, testMail } from './mail.service.ts';

export const mailRoutes: Routes = (app) => {
  app.get('/mail', { schema: { response: { 200: MailSettings } } }, (request) => getMailSettings(contextOf(request)));
  app.put('/mail', { schema: { body: MailSettingsInput, response: { 200: MailSettings } } }, (request) => saveMailSettings(contextOf(request), request.body));
  app.post('/mail/test', { schema: { body: MailTestInput, response: { 200: MailTestResult } } }, (request) => testMail(contextOf(request), request.body));
  app.get('/mail/outbox', { schema: { querystring: OutgoingMailQuery, response: { 200: OutgoingMailPage } } }, (request) =>
    listOutgoingMail(contextOf(request), request.query),
  );
  app.post('/mail/outbox/:id/retry', { schema: { params: ById, response: { 200: OutgoingMail } } }, (request) =>
    retryMail(contextOf(request), request.params.id),
  );
};

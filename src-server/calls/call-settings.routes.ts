import { contextOf, type Routes } from '../http/scopes.ts';
import { CallSettings, CallSettingsInput } from './call-settings.contract.ts';
import { changeCallSettings, getCallSettings } from './call-settings.service.ts';

export const callSettingsRoutes: Routes = (app) => {
  app.get('/settings/calls', { schema: { response: { 200: CallSettings } } }, (request) => getCallSettings(contextOf(request)));
  app.put('/settings/calls', { schema: { body: CallSettingsInput, response: { 200: CallSettings } } }, (request) =>
    changeCallSettings(contextOf(request), request.body),
  );
};

import { contextOf, type Routes } from '../http/scopes.ts';
import { portalLanguages } from '../locales/locales.ts';
import { PortalLanguages, PortalSettings, PortalSettingsInput } from './portal.contract.ts';
import { changePortalSettings, getPortalSettings } from './portal.service.ts';

/** The portal as the console sets it up. */
export const portalSettingsRoutes: Routes = (app) => {
  app.get('/portal', { schema: { response: { 200: PortalSettings } } }, (request) => getPortalSettings(contextOf(request)));
  app.put('/portal', { schema: { body: PortalSettingsInput, response: { 200: PortalSettings } } }, (request) =>
    changePortalSettings(contextOf(request), request.body),
  );
  app.get('/portal/languages', { schema: { response: { 200: PortalLanguages } } }, () => ({ items: [...portalLanguages] }));
};

import { contextOf, type Routes } from '../http/scopes.ts';
import { CompanyInput, CompanySettings, SetupState, SetupStepInput } from './setup.contract.ts';
import { changeCompany, finishSetup, getCompany, getSetup, goToStep } from './setup.service.ts';

export const setupRoutes: Routes = (app) => {
  app.get('/setup', { schema: { response: { 200: SetupState } } }, (request) => getSetup(contextOf(request)));
  app.put('/setup/step', { schema: { body: SetupStepInput, response: { 200: SetupState } } }, (request) =>
    goToStep(contextOf(request), request.body.currentStep),
  );
  app.post('/setup/finish', { schema: { response: { 200: SetupState } } }, (request) => finishSetup(contextOf(request)));

  app.get('/settings/company', { schema: { response: { 200: CompanySettings } } }, (request) => getCompany(contextOf(request)));
  app.put('/settings/company', { schema: { body: CompanyInput, response: { 200: CompanySettings } } }, (request) =>
    changeCompany(contextOf(request), request.body),
  );
};

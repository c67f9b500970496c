import { contextOf, type Routes } from '../http/scopes.ts';
import { CallReport, CallReportQuery } from './call-reports.contract.ts';
import { reportCalls } from './call-reports.service.ts';

/** The console's reports of calls. */
export const callReportRoutes: Routes = (app) => {
  app.get('/call-report', { schema: { querystring: CallReportQuery, response: { 200: CallReport } } }, (request) =>
    reportCalls(contextOf(request), request.query),
  );
};

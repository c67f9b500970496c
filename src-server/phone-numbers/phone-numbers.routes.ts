import { contextOf, type Routes } from '../http/scopes.ts';
import { PageQuery } from '../kernel/primitives.contract.ts';
import { NumberFix, NumberProblemPage, PhoneNumber } from '../people/people.contract.ts';
import { fixNumber, markNumber } from './number-upkeep.service.ts';
import { MarkedNumber, NumberMarksPatch, NumberRef } from './phone-numbers.contract.ts';
import { listUnreadableNumbers } from './phone-numbers.service.ts';

export const phoneNumberRoutes: Routes = (app) => {
  app.get('/numbers/problems', { schema: { querystring: PageQuery, response: { 200: NumberProblemPage } } }, (request) =>
    listUnreadableNumbers(contextOf(request), request.query),
  );
  app.post('/numbers/:id/fix', { schema: { params: NumberRef, body: NumberFix, response: { 200: PhoneNumber } } }, (request) =>
    fixNumber(contextOf(request), request.params.id, request.body.raw),
  );
  app.patch('/numbers/:id', { schema: { params: NumberRef, body: NumberMarksPatch, response: { 200: MarkedNumber } } }, (request) =>
    markNumber(contextOf(request), request.params.id, request.body),
  );
};

import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { getPerson, searchPeople, searchTickets } from './phone-people.service.ts';
import { PhoneContact, PhoneContactPage, PhoneSearchQuery, PhoneTicketPage } from './phone.contract.ts';

export const phonePeopleRoutes: Routes = (app) => {
  app.get('/contacts', { schema: { tags: ['People'], querystring: PhoneSearchQuery, response: { 200: PhoneContactPage } } }, (request) =>
    searchPeople(contextOf(request), request.query),
  );
  app.get('/contacts/:id', { schema: { tags: ['People'], params: ById, response: { 200: PhoneContact } } }, (request) =>
    getPerson(contextOf(request), request.params.id),
  );
  app.get('/tickets', { schema: { tags: ['People'], querystring: PhoneSearchQuery, response: { 200: PhoneTicketPage } } }, (request) =>
    searchTickets(contextOf(request), request.query),
  );
};

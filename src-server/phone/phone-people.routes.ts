import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { getPerson, searchPeople, searchTickets } from './phone-people.service.ts';
import { PhoneContact, PhoneContactPage, PhoneSearchQuery, PhoneTicketPage } from './phone.contract.ts';

const tags = ['People'];

export const phonePeopleRoutes: Routes = (app) => {
  app.get(
    '/contacts',
    {
      schema: {
        tags,
        summary: 'People by name, company or number, the most recently active first.',
        querystring: PhoneSearchQuery,
        response: { 200: PhoneContactPage },
      },
    },
    (request) => searchPeople(contextOf(request), request.query),
  );
  app.get(
    '/contacts/:id',
    {
      schema: {
        tags,
        summary: 'One person.',
        params: ById,
        response: { 200: PhoneContact },
        'x-refusals': { 404: 'Nobody by this id may be shown on phones.' },
      },
    },
    (request) => getPerson(contextOf(request), request.params.id),
  );
  app.get(
    '/tickets',
    { schema: { tags, summary: 'Tickets by number, subject or contact.', querystring: PhoneSearchQuery, response: { 200: PhoneTicketPage } } },
    (request) => searchTickets(contextOf(request), request.query),
  );
};

import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { inviteContacts, makeMemberLink } from './invitations.service.ts';
import { InvitationInput, InvitationResult, Member, MemberLink, MemberPage, MemberPatch, MemberQuery } from './members.contract.ts';
import { changeMember, getMember, listMembers } from './members.service.ts';

export const memberRoutes: Routes = (app) => {
  app.get('/members', { schema: { querystring: MemberQuery, response: { 200: MemberPage } } }, (request) => listMembers(contextOf(request), request.query));
  app.get('/members/:id', { schema: { params: ById, response: { 200: Member } } }, (request) => getMember(contextOf(request), request.params.id));
  app.post('/members/invitations', { schema: { body: InvitationInput, response: { 200: InvitationResult } } }, (request) =>
    inviteContacts(contextOf(request), request.body),
  );
  app.patch('/members/:id', { schema: { params: ById, body: MemberPatch, response: { 200: Member } } }, (request) =>
    changeMember(contextOf(request), request.params.id, request.body),
  );
  app.post('/members/:id/reset-link', { schema: { params: ById, response: { 200: MemberLink } } }, (request) =>
    makeMemberLink(contextOf(request), request.params.id),
  );
};

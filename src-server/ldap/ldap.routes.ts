import { contextOf, type Routes } from '../http/scopes.ts';
import type { LdapDoor } from './ldap-door.ts';
import { changeLdapSettings } from './ldap-settings.service.ts';
import { LdapSettings, LdapState } from './ldap.contract.ts';

/** The directory as the console switches it; its ports open and close with the answer. */
export function ldapRoutes(door: LdapDoor): Routes {
  return (app) => {
    app.get('/ldap', { schema: { response: { 200: LdapState } } }, () => door.state());
    app.put('/ldap', { schema: { body: LdapSettings, response: { 200: LdapState } } }, async (request) => {
      await changeLdapSettings(contextOf(request), request.body);
      await door.follow();
      return door.state();
    });
  };
}

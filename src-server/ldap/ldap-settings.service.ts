import { recordAct } from '../audit/audit.service.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { changeSettings, defineSettings, readSettings } from '../settings/settings.service.ts';
import { LdapSettings } from './ldap.contract.ts';

const ldapSettings = defineSettings('ldap', LdapSettings);

export function readLdapSettings(ctx: Context): Promise<LdapSettings> {
  return readSettings(ctx, ldapSettings);
}

export function changeLdapSettings(ctx: Context, settings: LdapSettings): Promise<LdapSettings> {
  return inTransaction(ctx, async (ctx) => {
    const changed = await changeSettings(ctx, ldapSettings, settings);
    await recordAct(ctx, { action: 'ldap.settings-changed', detail: changed });
    return changed;
  });
}

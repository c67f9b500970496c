import { recordAct } from '../audit/audit.service.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { changeSettings, defineSettings, readSettings } from '../settings/settings.service.ts';
import { PbxSettings } from './pbx.contract.ts';

const pbxSettings = defineSettings('pbx', PbxSettings);

export function readPbxSettings(ctx: Context): Promise<PbxSettings> {
  return readSettings(ctx, pbxSettings);
}

export function changePbxSettings(ctx: Context, settings: PbxSettings): Promise<PbxSettings> {
  return inTransaction(ctx, async (ctx) => {
    const changed = await changeSettings(ctx, pbxSettings, settings);
    await recordAct(ctx, { action: 'pbx.settings-changed', detail: settings });
    return changed;
  });
}

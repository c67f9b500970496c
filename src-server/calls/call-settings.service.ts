import { recordAct } from '../audit/audit.service.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { changeSettings, defineSettings, readSettings } from '../settings/settings.service.ts';
import { CallSettings } from './call-settings.contract.ts';

const callSettings = defineSettings('calls', CallSettings);

export function getCallSettings(ctx: Context): Promise<CallSettings> {
  return readSettings(ctx, callSettings);
}

export function changeCallSettings(ctx: Context, input: CallSettings): Promise<CallSettings> {
  return inTransaction(ctx, async (ctx) => {
    const saved = await changeSettings(ctx, callSettings, { ...input, workdays: [...new Set(input.workdays)].sort((one, other) => one - other) });
    await recordAct(ctx, { action: 'calls.settings-changed', detail: saved });
    return saved;
  });
}

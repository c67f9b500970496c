import { z } from 'zod';
import { recordAct } from '../audit/audit.service.ts';
import { addressSettings } from '../certificates/address-settings.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { publish } from '../live/live.service.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { changeSettings, defineSettings, readSettings } from '../settings/settings.service.ts';
import { companySettings } from './company-settings.ts';
import { setupSteps, type CompanySettings, type SetupState, type SetupStep } from './setup.contract.ts';
import { anyActiveDevice, anyContact, anyMember } from './setup.queries.ts';

const setupProgress = defineSettings(
  'setup',
  z.object({
    currentStep: z.enum(setupSteps).default('company'),
    finishedAt: z.iso.datetime().nullable().default(null),
    /** The address has a default that works, so the step counts as done once it was looked at. */
    addressSeen: z.boolean().default(false),
  }),
);

type StepResult = { readonly isDone: boolean; readonly summary: string };

async function anythingIn(ctx: Context, read: typeof anyContact, words: { readonly yes: string; readonly no: string }): Promise<StepResult> {
  const isDone = (await ctx.hot.first(read, {})) !== undefined;
  return { isDone, summary: isDone ? words.yes : words.no };
}

const results: Readonly<Record<SetupStep, (ctx: Context) => Promise<StepResult>>> = {
  async company(ctx) {
    const company = await readSettings(ctx, companySettings);
    return { isDone: company.name !== '', summary: company.name === '' ? 'Not named yet' : `${company.name}, ${company.country}` };
  },
  async address(ctx) {
    const [progress, address] = await Promise.all([readSettings(ctx, setupProgress), readSettings(ctx, addressSettings)]);
    return { isDone: progress.addressSeen, summary: address.hostName === '' ? 'Reached by the PC’s address' : address.hostName };
  },
  contacts: (ctx) => anythingIn(ctx, anyContact, { yes: 'Contacts are in', no: 'No contacts yet' }),
  async portal(ctx) {
    const portal = await readSettings(ctx, portalSettings);
    return { isDone: portal.isOn, summary: portal.isOn ? `“${portal.title}” is on` : 'Off' };
  },
  customer: (ctx) => anythingIn(ctx, anyMember, { yes: 'The first customer is invited', no: 'Nobody invited yet' }),
  phone: (ctx) => anythingIn(ctx, anyActiveDevice, { yes: 'The first phone is paired', no: 'No phone paired yet' }),
};

/** How far the set-up is, judged by what is really there. */
export async function getSetup(ctx: Context): Promise<SetupState> {
  const progress = await readSettings(ctx, setupProgress);
  const steps = await Promise.all(setupSteps.map(async (step) => ({ step, ...(await results[step](ctx)) })));
  return { finishedAt: progress.finishedAt, currentStep: progress.currentStep, steps };
}

/** Remembers where the manager is, so that the wizard opens there again. */
export async function goToStep(ctx: Context, currentStep: SetupStep): Promise<SetupState> {
  const before = await readSettings(ctx, setupProgress);
  const isPastAddress = setupSteps.indexOf(currentStep) > setupSteps.indexOf('address');
  await changeSettings(ctx, setupProgress, { currentStep, addressSeen: before.addressSeen || isPastAddress });
  return getSetup(ctx);
}

/** Ends the wizard; it can still be opened from settings. */
export async function finishSetup(ctx: Context): Promise<SetupState> {
  await inTransaction(ctx, async (ctx) => {
    await changeSettings(ctx, setupProgress, { finishedAt: isoNow(ctx), addressSeen: true });
    await recordAct(ctx, { action: 'setup.finished' });
  });
  return getSetup(ctx);
}

export function getCompany(ctx: Context): Promise<CompanySettings> {
  return readSettings(ctx, companySettings);
}

export function changeCompany(ctx: Context, company: CompanySettings): Promise<CompanySettings> {
  return inTransaction(ctx, async (ctx) => {
    const changed = await changeSettings(ctx, companySettings, company);
    await recordAct(ctx, { action: 'company.changed', detail: company });
    await publish(ctx, { audience: 'agents', kind: 'settings', payload: { feature: 'company' } });
    return changed;
  });
}

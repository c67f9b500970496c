import { recordAct } from '../audit/audit.service.ts';
import { listInboxes } from '../conversations/inboxes.service.ts';
import { InvalidInput, type FieldProblem } from '../kernel/app-error.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { publish } from '../live/live.service.ts';
import { portalLanguages } from '../locales/locales.ts';
import { changeSettings, readSettings } from '../settings/settings.service.ts';
import { portalSettings } from './portal-settings.ts';
import type { PortalSettings, PortalSettingsInput } from './portal.contract.ts';
import { isReservedSlug } from './reserved-slugs.ts';

const mostFormerSlugs = 20;

export function getPortalSettings(ctx: Context): Promise<PortalSettings> {
  return readSettings(ctx, portalSettings);
}

async function problemsOf(ctx: Context, input: PortalSettingsInput): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  if (isReservedSlug(input.slug)) problems.push({ path: 'slug', message: `“${input.slug}” is an address of Doorline’s own. Choose another word.` });
  const known = new Set(portalLanguages.map((language) => language.code));
  for (const [index, code] of input.languages.entries()) {
    if (!known.has(code))
      problems.push({ path: `languages.${index}`, message: `There is no file for the language “${code}”. Choose one of ${[...known].join(', ')}.` });
  }
  if (!input.languages.includes(input.defaultLanguage)) {
    problems.push({ path: 'defaultLanguage', message: 'Choose one of the portal’s languages.' });
  }
  if (input.inboxId !== null && !(await listInboxes(ctx)).items.some((inbox) => inbox.id === input.inboxId)) {
    problems.push({ path: 'inboxId', message: 'This inbox is not there any more. Choose another.' });
  }
  return problems;
}

/** The fields in which the two differ, for the record. */
function differences(before: PortalSettings, after: PortalSettings): Record<string, unknown> {
  const changed = Object.entries(after).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof PortalSettings]));
  return Object.fromEntries(changed);
}

/**
 * Replaces the portal's settings. Opening and closing it are acts of their own in the audit log; a slug that is left goes
 * on leading to the new one.
 * @throws InvalidInput
 */
export function changePortalSettings(ctx: Context, input: PortalSettingsInput): Promise<PortalSettings> {
  return inTransaction(ctx, async (ctx) => {
    const problems = await problemsOf(ctx, input);
    if (problems.length > 0) throw new InvalidInput(problems);

    const before = await readSettings(ctx, portalSettings);
    const formerSlugs = [before.slug, ...before.formerSlugs].filter((slug, index, all) => slug !== input.slug && all.indexOf(slug) === index);
    const after = await changeSettings(ctx, portalSettings, {
      ...input,
      languages: [...new Set(input.languages)],
      formerSlugs: formerSlugs.slice(0, mostFormerSlugs),
    });

    const { isOn, ...others } = differences(before, after);
    const target = { kind: 'portal', id: 'portal', name: after.title };
    if (isOn !== undefined) await recordAct(ctx, { action: after.isOn ? 'portal.opened' : 'portal.closed', target });
    if (Object.keys(others).length > 0) await recordAct(ctx, { action: 'portal.changed', target, detail: others });
    await publish(ctx, { audience: 'agents', kind: 'settings', payload: { feature: 'portal' } });
    return after;
  });
}

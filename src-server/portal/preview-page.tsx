import { readFileSync } from 'node:fs';
import path from 'node:path';
import { renderToString } from 'preact-render-to-string';
import { programFolder } from '../config/program-folder.ts';
import type { Context } from '../kernel/context.ts';
import { translatorFor } from '../locales/locales.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { accentStyle } from './brand-colours.ts';
import { readListQuery } from './list-query.ts';
import type { PortalPreview, PortalPreviewInput } from './preview.contract.ts';
import { sampleMember, sampleTickets } from './preview-samples.ts';
import { SignInPage } from './views/sign-in-page.tsx';
import { TicketListPage } from './views/ticket-list-page.tsx';
import type { View } from './views/view.ts';
import { visitorTimes } from './visitor-times.ts';
import type { Visit } from './visit.ts';

const comments = /\/\*.*?\*\//gsu;
const fontFaces = /@font-face\s*\{[^}]*\}/gu;

function styleSheet(): string {
  const file = path.join(programFolder(), 'resources', 'portal', 'portal.css');
  return readFileSync(file, 'utf8').replace(comments, '').replace(fontFaces, '');
}

/** Draws a page of the portal as customers would get it with these settings, filled with made-up tickets. */
export async function previewPortal(ctx: Context, input: PortalPreviewInput): Promise<PortalPreview> {
  const company = await readSettings(ctx, companySettings);
  const translator = translatorFor(input.language);
  const now = ctx.now();
  const session = {
    id: 'preview',
    csrfSecret: '',
    memberId: 'preview',
    contactId: 'preview',
    companyId: null,
    name: sampleMember(translator.language),
    email: 'anna@example.com',
    visibility: null,
    lastSeenAt: now.toISOString(),
    idleEndsAt: now.toISOString(),
    expiresAt: now.toISOString(),
  };
  const visit: Visit = {
    settings: { ...input.settings, formerSlugs: [] },
    companyName: input.companyName ?? company.name,
    base: `/${input.settings.slug}`,
    translator,
    times: visitorTimes({ language: translator.language, zone: company.timeZone, now }),
    isZoneKnown: true,
    session: input.page === 'sign-in' ? undefined : session,
    endedSession: undefined,
    sessionToken: undefined,
    now,
  };
  const view: View = { visit, token: '' };

  const body =
    input.page === 'sign-in' ? (
      <SignInPage view={view} email="" problems={{}} notices={[]} next={undefined} />
    ) : (
      <TicketListPage
        view={{ ...view, member: session }}
        query={readListQuery({})}
        page={sampleTickets(translator.language, now, input.settings.visibility === 'company')}
        notice={undefined}
      />
    );
  const html = renderToString(
    <html lang={translator.language} dir={translator.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{input.settings.title}</title>
      </head>
      <body>{body}</body>
    </html>,
  );
  // Nothing in a picture takes the focus.
  return { html: `<!doctype html>${html.replaceAll(' autofocus', '')}`, css: `${styleSheet()}${accentStyle(input.settings.accent)}` };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { MemberSession } from '../members/sessions.service.ts';
import { accentColours, accentStyle } from './brand-colours.ts';
import type { PortalAssets } from './portal-assets.ts';
import { IdleDialog } from './views/idle-dialog.tsx';
import type { MemberView, View } from './views/view.ts';
import { pageToken } from './visit.ts';

export interface Page {
  readonly title: string;
  readonly body: (view: View) => JSX.Element;
  readonly status?: number;
  /** The title says so, because it is what a screen reader reads first. */
  readonly hasProblems?: boolean;
}

/** The company's initial on its colour; said in the page itself, so that no browser asks for a favicon. */
function icon(letter: string, accent: string): string {
  const { fill, onFill } = accentColours(accent).light;
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='7' fill='${fill}'/><text x='16' y='23' font-family='sans-serif' font-size='20' font-weight='700' text-anchor='middle' fill='${onFill}'>${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function initialOf(name: string): string {
  return /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? 'D';
}

// Worked out once a colour and a name: pages are rendered a thousand times a second.
const brands = new Map<string, { readonly style: string; readonly icon: string }>();

function brandOf(accent: string, name: string) {
  const key = `${accent}${initialOf(name)}`;
  const known = brands.get(key);
  if (known !== undefined) return known;
  if (brands.size > 50) brands.clear();
  const made = { style: accentStyle(accent), icon: icon(initialOf(name), accent) };
  brands.set(key, made);
  return made;
}

/** Sends a page. */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  const { request, cspNonce } = reply;
  const { visit } = request;
  const view: View = { visit, token: pageToken(request, reply) };
  const { translator, settings, base, session, companyName } = visit;
  const { style, font, script } = assetsOf(request);
  const brand = brandOf(settings.accent, companyName === '' ? settings.title : companyName);
  const title = page.hasProblems === true ? translator.t('frame.errorPrefix', { title: page.title }) : page.title;

  const html = renderToString(
    <html lang={translator.language} dir={translator.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <title>{`${title} · ${settings.title}`}</title>
        <link rel="preload" href={`${base}/assets/${font.name}`} as="font" type="font/woff2" crossorigin="anonymous" />
        <link rel="stylesheet" href={`${base}/assets/${style.name}`} />
        <link rel="icon" href={brand.icon} />
        <style nonce={cspNonce}>{brand.style}</style>
        {script !== undefined && <script type="module" src={`${base}/assets/${script.name}`} />}
      </head>
      <body>
        {page.body(view)}
        {session !== undefined && <IdleDialog view={{ ...view, member: session }} />}
      </body>
    </html>,
  );
  return reply
    .status(page.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>${html}`);
}

function assetsOf(request: FastifyRequest): PortalAssets {
  return request.server.portalAssets;
}

/** The view of a page that only a member sees. */
export function memberView(view: View, member: MemberSession): MemberView {
  return { ...view, member };
}

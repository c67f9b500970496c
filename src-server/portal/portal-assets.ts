import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { pagesFolder, programFolder } from '../config/program-folder.ts';

/** One file that pages load: its name changes with its content, so browsers may keep it for ever. */
export interface PortalAsset {
  readonly name: string;
  readonly mediaType: string;
  readonly body: Buffer;
  /** Absent for what is compressed already. */
  readonly packed?: { readonly br: Buffer; readonly gzip: Buffer };
}

export interface PortalAssets {
  readonly style: PortalAsset;
  /** Letters of English, Polish and German; other letters come in files of their own, when a page has them. */
  readonly font: PortalAsset;
  /** Absent when the browser code was not built: every page works without it. */
  readonly script: PortalAsset | undefined;
  readonly byName: ReadonlyMap<string, PortalAsset>;
}

function asset(name: string, mediaType: string, body: Buffer): PortalAsset {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 10);
  const { name: stem, ext } = path.parse(name);
  const isPacked = mediaType === 'font/woff2';
  return {
    name: `${stem}-${hash}${ext}`,
    mediaType,
    body,
    ...(isPacked ? {} : { packed: { br: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }), gzip: gzipSync(body, { level: 9 }) } }),
  };
}

/** Reads what the pages load. The style sheet names fonts by their plain names; here it learns the real ones. */
export function readPortalAssets(): PortalAssets {
  const folder = path.join(programFolder(), 'resources', 'portal');
  let css = readFileSync(path.join(folder, 'portal.css'), 'utf8');
  const fonts = [...css.matchAll(/url\("?fonts\/([a-z-]+\.woff2)"?\)/gu)].map(([reference, file = '']) => {
    const font = asset(file, 'font/woff2', readFileSync(path.join(folder, 'fonts', file)));
    css = css.replace(reference, `url(${font.name})`);
    return font;
  });
  const [font] = fonts;
  if (font === undefined) throw new Error('resources/portal/portal.css names no font.');

  const style = asset('portal.css', 'text/css; charset=utf-8', Buffer.from(css.replace(/\/\*.*?\*\//gsu, '').replace(/\s*\n\s*/gu, '')));
  const built = path.join(pagesFolder(), 'portal', 'portal.js');
  const script = existsSync(built) ? asset('portal.js', 'text/javascript; charset=utf-8', readFileSync(built)) : undefined;
  const all = [style, ...fonts, ...(script === undefined ? [] : [script])];
  return { style, font, script, byName: new Map(all.map((one) => [one.name, one])) };
}

/** The body to send a browser that accepts these encodings (RFC 9110, 12.5.3). */
export function packedFor({ body, packed }: PortalAsset, acceptEncoding: string): { readonly body: Buffer; readonly encoding?: 'br' | 'gzip' } {
  if (packed === undefined) return { body };
  if (/\bbr\b/u.test(acceptEncoding)) return { body: packed.br, encoding: 'br' };
  if (/\bgzip\b/u.test(acceptEncoding)) return { body: packed.gzip, encoding: 'gzip' };
  return { body };
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The console's own origin. A scheme of our own instead of file://, so that pages get an origin and no access to files. */
export const appScheme = 'app';
export const appOrigin = 'app://doorline';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** The file of `root` an address of our scheme means; undefined for anything outside of it or of a type we do not ship. */
export function fileOf(root: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== `${appScheme}:` || url.host !== 'doorline') return undefined;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (/[\0\\:]|(^|\/)\.\.?(\/|$)/u.test(name)) return undefined;
  const file = path.join(root, name === '/' ? 'console/index.html' : name);
  const isInside = file.startsWith(root + path.sep);
  return isInside && types[path.extname(file)] !== undefined ? file : undefined;
}

/** Policy of the console's page: its own files, and the server on this PC. */
export const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' http://127.0.0.1:*",
  "frame-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Answers a request of our scheme from `root`. */
export async function serveAppFile(root: string, address: string): Promise<Response> {
  const file = fileOf(root, address);
  const body = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  if (file === undefined || body === undefined) return new Response('Not found', { status: 404 });
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': consolePolicy,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
}

import { X509Certificate } from 'node:crypto';
import { pino } from 'pino';
import type { App } from '../http/app-type.ts';
import { createApp } from '../http/app.ts';
import { contextOf, inScope, type Routes } from '../http/scopes.ts';
import { NotFound } from '../kernel/app-error.ts';
import { profileType } from '../kernel/configuration-profile.ts';
import type { Context } from '../kernel/context.ts';
import { httpsOrigin, portalAddress } from './address.service.ts';
import { renderBootstrapPage, type BootstrapPlatform } from './bootstrap-page.tsx';
import { chooseWords } from './bootstrap-words.ts';
import { signedAuthorityProfile } from './signing.service.ts';
import { activeServerCertificate, authorityCertificate, authorityFingerprint } from './certificates.service.ts';

function platformOf(userAgent: string | undefined): BootstrapPlatform {
  if (/iPhone|iPad|iPod/u.test(userAgent ?? '')) return 'ios';
  return /Android/u.test(userAgent ?? '') ? 'android' : 'other';
}

/**
 * The desk's HTTPS origin as this reader reaches it: by the host it came by, when the certificate holds that name, so
 * that nothing a stranger writes into the Host header is ever echoed; by the canonical one otherwise.
 */
async function originFor(ctx: Context, hostHeader: string | undefined): Promise<string> {
  const [portal, row] = await Promise.all([portalAddress(ctx), activeServerCertificate(ctx)]);
  const host = (hostHeader ?? '')
    .toLowerCase()
    .replace(/:\d+$/u, '')
    .replace(/^\[|\]$/gu, '');
  const names = row === undefined ? [] : (JSON.parse(row.names) as string[]);
  return names.includes(host) ? httpsOrigin(host, portal.port) : portal.origin;
}

const bootstrapRoutes: Routes = (app) => {
  app.get('/s', { schema: { hide: true } }, async (request, reply) => {
    const ctx = contextOf(request);
    const [fingerprint, origin] = await Promise.all([authorityFingerprint(ctx), originFor(ctx, request.headers.host)]);
    if (fingerprint === null) return reply.redirect(`${origin}/s`, 302);
    const { language, words } = chooseWords(request.headers['accept-language']);
    const page = renderBootstrapPage({ language, words, platform: platformOf(request.headers['user-agent']), fingerprint, origin, nonce: reply.cspNonce });
    const policy = `default-src 'none'; script-src 'nonce-${reply.cspNonce}'; style-src 'nonce-${reply.cspNonce}'; connect-src ${origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
    // Browsers heed this only on trusted origins, and complain about it elsewhere.
    reply.removeHeader('cross-origin-opener-policy');
    return reply.header('content-security-policy', policy).header('vary', 'accept-language, user-agent, host').type('text/html; charset=utf-8').send(page);
  });

  app.get('/doorline-authority.crt', { schema: { hide: true } }, async (request, reply) => {
    const pem = await authorityCertificate(contextOf(request));
    if (pem === undefined) throw new NotFound('A certificate authority of this desk');
    // DER with this type is what both iOS and Android offer to install.
    return reply
      .type('application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="doorline-authority.crt"')
      .send(new X509Certificate(pem).raw);
  });

  app.get('/doorline-authority.mobileconfig', { schema: { hide: true } }, async (request, reply) => {
    const profile = await signedAuthorityProfile(contextOf(request), request.headers['accept-language']);
    if (profile === undefined) throw new NotFound('A certificate authority of this desk');
    return reply.type(profileType).header('content-disposition', 'attachment; filename="doorline-certificate.mobileconfig"').send(profile);
  });

  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const origin = await originFor(contextOf(request), request.headers.host);
    return reply.redirect(`${origin}/`, 302);
  });
};

/**
 * The plain-HTTP door: the certificate page, the certificate, redirects. It reads no body, keeps no session, shows no
 * data; `addRoutes` adds what the manager allowed to pass without encryption.
 */
export function createBootstrapApp(ctx: Context, addRoutes: (app: App) => void = () => undefined): App {
  const app = createApp({ ctx, logger: pino({ level: 'silent' }), bodyLimit: 1 });
  addRoutes(app);
  inScope(app, { scope: 'public' }, bootstrapRoutes);
  return app;
}

/**
 * Answers the certificate page's question whether this browser trusts us. The page comes from another origin, so this
 * answer, which says nothing, is open to any.
 */
export const trustProbeRoutes: Routes = (app) => {
  app.get('/trust-probe', { schema: { hide: true } }, async (_request, reply) =>
    reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }).status(204).send(),
  );
};

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { renderToString } from 'preact-render-to-string';
import { toProblem } from '../http/errors.ts';
import type { AppError } from '../kernel/app-error.ts';
import { preferredLanguage, translatorFor, type TextKey } from '../locales/locales.ts';
import type { PortalSettings } from './portal.contract.ts';
import { sendPage } from './render-page.tsx';
import { ClosedPage, ProblemPage } from './views/plain-pages.tsx';

/** All that answers while the portal is closed. */
export function sendClosedPage(request: FastifyRequest, reply: FastifyReply, settings: PortalSettings): FastifyReply {
  const language = preferredLanguage(request.headers['accept-language'], settings.languages, settings.defaultLanguage);
  const { t, direction } = translatorFor(language);
  const html = renderToString(
    <ClosedPage language={language} direction={direction} nonce={reply.cspNonce} title={t('closed.title')} text={t('closed.text')} />,
  );
  return reply.status(503).header('retry-after', '3600').type('text/html; charset=utf-8').send(`<!doctype html>${html}`);
}

/** What is not there, and what is somebody else's, answer the same. */
export function sendNotFoundPage(reply: FastifyReply): FastifyReply {
  const { t } = reply.request.visit.translator;
  const title = t('error.notFoundTitle');
  return sendPage(reply, { title, status: 404, body: (view) => <ProblemPage view={view} title={title} text={t('error.notFoundText')} /> });
}

const words: Readonly<Record<string, readonly [title: TextKey, text: TextKey]>> = {
  'foreign-form': ['error.formTitle', 'error.formText'],
  'file-missing': ['error.fileGoneTitle', 'error.fileGoneText'],
};
const wordsByStatus: Readonly<Record<number, readonly [title: TextKey, text: TextKey]>> = {
  404: ['error.notFoundTitle', 'error.notFoundText'],
  413: ['error.tooLargeTitle', 'error.tooLargeText'],
  429: ['error.busyTitle', 'error.busyText'],
};

/** Answers an error of the portal with a page in the visitor's language. */
export function sendErrorPage(error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error, request);
  // Nothing is known of the visitor yet when the visit itself could not be opened.
  if ((request.visit as unknown) === null) throw error;
  const isOurs = problem.status >= 500;
  if (isOurs) request.log.error({ err: error }, 'portal request failed');
  const { t } = request.visit.translator;
  const [titleKey, textKey] = words[problem.code] ?? wordsByStatus[problem.status] ?? ['error.brokenTitle', 'error.brokenText'];
  const title = t(titleKey);
  const reference = textKey === 'error.brokenText' ? problem.instance : undefined;
  return sendPage(reply, { title, status: problem.status, body: (view) => <ProblemPage view={view} title={title} text={t(textKey)} reference={reference} /> });
}

import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../kernel/app-error.ts';

/** A post that did not come from a form of ours, or from a form that is too old. */
export class ForeignForm extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'foreign-form';

  constructor() {
    super('This form was opened too long ago or on another site. Open the page again and send it once more.');
  }
}

/** The token a form carries: bound to a secret that only this browser's cookie leads to. */
export function formToken(secret: string): string {
  return createHmac('sha256', secret).update('form').digest('base64url');
}

/**
 * Refuses a post that a page of somebody else sent, by what the browser itself says of its origin. The pages must not
 * use `Referrer-Policy: no-referrer`, under which browsers send `Origin: null` with their own forms.
 * @throws ForeignForm
 */
export function requireOwnOrigin(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new ForeignForm();
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== `https://${request.host}` && origin !== `${request.protocol}://${request.host}`) throw new ForeignForm();
}

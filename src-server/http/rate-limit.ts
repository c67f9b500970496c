import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../kernel/app-error.ts';
import { rateKeyOf } from '../kernel/client-address.ts';
import type { App } from './app-type.ts';
import type { Routes } from './scopes.ts';

/** More requests than one caller may make in a while. */
export class TooManyRequests extends AppError {
  readonly kind = 'too-many-requests';
  readonly code = 'too-many-requests';

  constructor(seconds: number) {
    super(`These are too many requests at once. Try again in ${seconds} seconds.`);
  }
}

export interface RateLimit {
  /** Requests of one caller in `windowSeconds`. */
  readonly most: number;
  readonly windowSeconds: number;
  /** Whom to count; left out: the network address, IPv6 by /64. An account's id counts it wherever it comes from. */
  readonly keyOf?: (request: FastifyRequest) => string;
}

/**
 * Registers routes that one caller may not call too often. It protects this process from floods; what must hold on all
 * nodes and across restarts, such as wrong passwords, is counted in the database (`database/throttles.ts`).
 */
export function withRateLimit(app: App, { most, windowSeconds, keyOf }: RateLimit, routes: Routes): void {
  void app.register(async (limited) => {
    await limited.register(rateLimit, {
      max: most,
      timeWindow: windowSeconds * 1000,
      cache: 20_000,
      keyGenerator: keyOf ?? ((request) => rateKeyOf(request.ip)),
      errorResponseBuilder: (_request, context) => new TooManyRequests(Math.ceil(context.ttl / 1000)),
    });
    await routes(limited);
  });
}

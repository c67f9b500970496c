import type { FastifyBaseLogger } from 'fastify';

type LevelName = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** A request's own logger, made when it says something: most requests never do, and making one costs more than a read. */
class RequestLog implements FastifyBaseLogger {
  readonly #parent: FastifyBaseLogger;
  readonly #bindings: object;
  #made: FastifyBaseLogger | undefined;

  constructor(parent: FastifyBaseLogger, bindings: object) {
    this.#parent = parent;
    this.#bindings = bindings;
  }

  get #own(): FastifyBaseLogger {
    this.#made ??= this.#parent.child({ ...this.#bindings });
    return this.#made;
  }

  #say(level: LevelName, said: readonly unknown[]): void {
    Reflect.apply(this.#own[level], this.#own, said);
  }

  get level(): string {
    return this.#parent.level;
  }

  trace(...said: readonly unknown[]): void {
    this.#say('trace', said);
  }
  debug(...said: readonly unknown[]): void {
    this.#say('debug', said);
  }
  info(...said: readonly unknown[]): void {
    this.#say('info', said);
  }
  warn(...said: readonly unknown[]): void {
    this.#say('warn', said);
  }
  error(...said: readonly unknown[]): void {
    this.#say('error', said);
  }
  fatal(...said: readonly unknown[]): void {
    this.#say('fatal', said);
  }
  silent(...said: readonly unknown[]): void {
    this.#say('silent', said);
  }
  child(...made: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.#own.child(...made);
  }
}

/** Fastify’s factory of requests’ loggers. */
export function requestLog(parent: FastifyBaseLogger, bindings: object): FastifyBaseLogger {
  return new RequestLog(parent, bindings);
}

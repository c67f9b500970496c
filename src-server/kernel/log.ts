import { pino, type DestinationStream, type Logger } from 'pino';

/** What services may log with; both our own logger and a request's are one. */
export type Log = Pick<Logger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

// Names of fields whose values never reach a log, at any of the first levels of a logged object.
const secretFields = [
  'password',
  'token',
  'code',
  'secret',
  'authorization',
  'cookie',
  'deviceToken',
  'davPassword',
  'key',
  'number',
  'email',
  'phone',
  'name',
  'displayName',
  'from',
  'to',
];

const longNumber = /\+?\d[\d\s().-]{6,}\d/g;

/** Replaces whatever reads like a phone number, keeping the last two digits so that lines can still be told apart. */
function redactNumbers(text: string): string {
  return text.replace(longNumber, (found) => `…${found.replace(/\D/g, '').slice(-2)}`);
}

/** The logger: one JSON object a line; secrets, names and numbers redacted. */
export function createLog(options: { readonly level: string; readonly destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: {
      // What an error says may quote what somebody typed, a number most of all.
      err: (error: unknown) => {
        if (!(error instanceof Error)) return redactNumbers(String(error));
        const { name, message, stack = '' } = error;
        return { type: name, message: redactNumbers(message), stack: redactNumbers(stack) };
      },
    },
    redact: {
      paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

import { request } from 'node:https';
import { portalAddress } from '../certificates/address.service.ts';
import { authorityCertificate } from '../certificates/certificates.service.ts';
import { readListeners } from '../certificates/listener-settings.ts';
import { resultCode } from '../ldap/ldap-answers.ts';
import { probeDirectory } from '../ldap/ldap-probe.ts';
import { readLdapSettings } from '../ldap/ldap-settings.service.ts';
import { NotFound } from '../kernel/app-error.ts';
import { hashSecret } from '../kernel/secrets.ts';
import type { Context } from '../kernel/context.ts';
import { bookDavPath } from './fritzbox-texts.ts';
import { phoneBookFileOf } from './phone-book-file.ts';
import type { SelfTest, SelfTestStep } from './pbx.contract.ts';
import { findContactToTry, findListedNumber, findSource, type ShownSourceRow } from './pbx.queries.ts';
import { selfTestHeader, selfTestMark } from './source-trace.service.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

const patience = 5000;
const largestAnswer = 2_000_000;

/** The address of our own listener: where it is bound, or loopback when it is bound to all. */
function ownHost(lanHost: string): string {
  if (lanHost === '0.0.0.0') return '127.0.0.1';
  return lanHost === '::' ? '::1' : lanHost;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function bearer(key: string): Asked {
  return { headers: { authorization: `Bearer ${key}` } };
}

/** Asks our own LAN listener over TLS, trusting what a telephone system is told to trust and checking the name it uses. */
async function ask(ctx: Context, path: string, { method = 'GET', headers = {} }: Asked = {}): Promise<Answer> {
  const [{ lanHost, lanPort }, { hostName }, ca] = await Promise.all([readListeners(ctx), portalAddress(ctx), authorityCertificate(ctx)]);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: ownHost(lanHost),
        port: lanPort,
        path,
        method,
        servername: hostName,
        ...(ca === undefined ? {} : { ca }),
        headers: { [selfTestHeader]: selfTestMark, ...headers },
        timeout: patience,
        agent: false,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          if (body.length < largestAnswer) body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, milliseconds: Math.round(performance.now() - started) }));
        response.on('error', reject);
      },
    );
    asked.on('timeout', () => asked.destroy(new Error(`No answer within ${patience / 1000} seconds.`)));
    asked.on('error', reject);
    asked.end();
  });
}

type Check = () => Promise<Omit<SelfTestStep, 'title'>>;

async function step(title: string, check: Check): Promise<SelfTestStep> {
  try {
    return { title, ...(await check()) };
  } catch (error) {
    return { title, isPassed: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

interface Tried {
  readonly key: string;
  /** Addresses the system is bound to; this PC need not be among them. */
  readonly addresses: readonly string[];
}

/** What an answer other than 200 means. A system that is bound to its own address must refuse this PC. */
function refusal(status: number, { addresses }: Tried): Omit<SelfTestStep, 'title'> {
  const isBound = addresses.length > 0 && (status === 401 || status === 404);
  return isBound
    ? {
        isPassed: true,
        detail: `This PC was refused, because only ${addresses.join(', ')} may ask. That is as it should be; the rest shows when the system asks.`,
      }
    : { isPassed: false, detail: `Answered with ${status}.` };
}

async function nameStep(ctx: Context, tried: Tried): Promise<Omit<SelfTestStep, 'title'>> {
  const contact = await findContactToTry(ctx.db);
  const number = contact?.e164 ?? '+10000000000';
  const answer = await ask(ctx, `/pbx/v1/name?n=${encodeURIComponent(number)}`, bearer(tried.key));
  if (answer.status !== 200) return refusal(answer.status, tried);
  if (contact === undefined) return { isPassed: answer.body === '', detail: 'There is no contact with a number yet; nobody was named, as it should be.' };
  const isNamed = answer.body !== '';
  return { isPassed: isNamed, detail: isNamed ? `${number} is ${answer.body}, in ${answer.milliseconds} ms.` : `${number} should have a name and has none.` };
}

async function bookStep(ctx: Context, tried: Tried, file: string): Promise<Omit<SelfTestStep, 'title'>> {
  const answer = await ask(ctx, `/phonebook/${tried.key}/${file}`);
  if (answer.status !== 200) return refusal(answer.status, tried);
  const isXml = answer.body.startsWith('<?xml');
  return { isPassed: isXml, detail: isXml ? `${Math.ceil(answer.body.length / 1024)} KB, in ${answer.milliseconds} ms.` : 'The answer is not a phone book.' };
}

/** Lists the phone book as a FRITZ!Box does: by CardDAV, with user and password. */
async function addressBookStep(ctx: Context, tried: Tried, sourceId: string): Promise<Omit<SelfTestStep, 'title'>> {
  const authorization = `Basic ${Buffer.from(`${sourceId}:${tried.key}`).toString('base64')}`;
  const answer = await ask(ctx, `${bookDavPath}contacts/`, { method: 'PROPFIND', headers: { authorization, depth: '1' } });
  if (answer.status !== 207) return refusal(answer.status, tried);
  const entries = answer.body.split('</d:response>').length - 2;
  return { isPassed: true, detail: `${entries} ${entries === 1 ? 'entry' : 'entries'}, in ${answer.milliseconds} ms.` };
}

/** Signs in to the directory over TLS and looks a real number up, as a telephone would. */
async function directoryStep(ctx: Context, tried: Tried, source: Pick<ShownSourceRow, 'id' | 'directory_id'>): Promise<Omit<SelfTestStep, 'title'>> {
  const [{ isOn, tlsPort: port }, { lanHost }, { hostName }, ca] = await Promise.all([
    readLdapSettings(ctx),
    readListeners(ctx),
    portalAddress(ctx),
    authorityCertificate(ctx),
  ]);
  if (!isOn) return { isPassed: false, detail: 'The directory is switched off. Switch it on for this system.' };
  const listed = await findListedNumber(ctx.db, source.directory_id ?? 0);
  const number = listed === undefined ? '+10000000000' : `+${listed.digits}`;
  const probe = { host: ownHost(lanHost), port, hostName, ca, sourceId: source.id, key: tried.key, number, patience, mark: selfTestMark };
  const started = performance.now();
  const { bind, names } = await probeDirectory(probe);
  if (bind !== resultCode.success) {
    const refused = refusal(401, tried);
    return refused.isPassed ? refused : { isPassed: false, detail: `The directory did not let it in (LDAP result ${bind}).` };
  }
  const place = `Port ${port}, over TLS, in ${Math.round(performance.now() - started)} ms`;
  if (listed === undefined) return { isPassed: names.length === 0, detail: `${place}. Nobody is on its lists yet; nobody was named, as it should be.` };
  const isNamed = names.length > 0;
  return {
    isPassed: isNamed,
    detail: isNamed ? `${place}: ${number} is ${names.join(', ')}.` : `${place}: ${number} should have an entry and has none.`,
  };
}

/** Calls our own LAN listener as the system would, with its key, and tells each step. */
export async function runSelfTest(ctx: Context, id: string, key: string): Promise<SelfTest> {
  const source = await findSource(ctx.db, id);
  if (source === undefined) throw new NotFound('This system');
  const file = phoneBookFileOf(source.kind);
  const tried: Tried = { key, addresses: JSON.parse(source.addresses) as string[] }; // Written by sources.service.
  const steps: SelfTestStep[] = [
    await step('The key is the present one', async () => {
      const isPresent = source.state === 'active' && source.token_hash === hashSecret(key);
      return { isPassed: isPresent, detail: isPresent ? 'It opens the desk for this system only.' : 'It was revoked or replaced. Make a new key.' };
    }),
    await step('The desk answers over TLS, with a certificate for its name', async () => {
      const answer = await ask(ctx, '/healthz');
      return { isPassed: answer.status === 200, detail: `${(await portalAddress(ctx)).origin}, in ${answer.milliseconds} ms.` };
    }),
    file === undefined
      ? await step('A real contact’s number has a name', () => nameStep(ctx, tried))
      : await step('The phone book is served', () => bookStep(ctx, tried, file)),
    ...(source.kind === 'fritzbox' ? [await step('The phone book is served as an address book', () => addressBookStep(ctx, tried, source.id))] : []),
    ...(source.kind === 'ldap' ? [await step('The directory lets the system in and finds a number', () => directoryStep(ctx, tried, source))] : []),
    await step('Another key is refused', async () => {
      const answer = file === undefined ? await ask(ctx, '/pbx/v1/name?n=1', bearer('x'.repeat(32))) : await ask(ctx, `/phonebook/${'x'.repeat(32)}/${file}`);
      const isRefused = answer.status === 401 || answer.status === 404 || answer.status === 429;
      return { isPassed: isRefused, detail: isRefused ? 'As it should be.' : `It was let in with ${answer.status}.` };
    }),
  ];
  return { isPassed: steps.every((done) => done.isPassed), steps };
}

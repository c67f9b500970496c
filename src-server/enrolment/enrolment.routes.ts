import { renewLease } from '../devices/dav-account.service.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { profileType } from '../kernel/configuration-profile.ts';
import { AccountInput, AndroidAccount, IosAccount, LeaseRenewed, SetupQuery, SetupState, TestCallInput } from './enrolment.contract.ts';
import { ProfileGone } from './enrolment.errors.ts';
import { makeAndroidAccount, makeIosAccount, noteTestCall, profileWaits, takeProfile } from './enrolment.service.ts';
import { readSetup } from './setup-state.service.ts';

/** How a paired phone gets its address book. For phones in use only. */
export const enrolmentRoutes: Routes = (app) => {
  const tags = ['Setting up'];
  const tooMany = { 429: 'Too many accounts within an hour.' };
  app.get(
    '/setup',
    {
      schema: {
        tags,
        summary: 'How far the phone’s own address book is, from what the desk saw of it.',
        querystring: SetupQuery,
        response: { 200: SetupState },
      },
    },
    (request) => readSetup(contextOf(request), request.query),
  );
  app.post(
    '/setup/ios',
    {
      schema: {
        tags,
        summary: 'Makes a new account and lays its configuration profile ready at `url`, for one GET within a minute. The account before stops.',
        body: AccountInput,
        response: { 200: IosAccount },
        'x-refusals': tooMany,
      },
    },
    (request) => makeIosAccount(contextOf(request), request.body),
  );
  app.post(
    '/setup/android',
    { schema: { tags, summary: 'Makes a new account for DAVx5. The account before stops.', response: { 200: AndroidAccount }, 'x-refusals': tooMany } },
    (request) => makeAndroidAccount(contextOf(request)),
  );
  app.post(
    '/setup/renew',
    {
      schema: {
        tags,
        summary: 'Begins the lease of the phone’s address book anew, where the desk ends it. Its account goes on.',
        response: { 200: LeaseRenewed },
        'x-refusals': { 409: 'The account has to be loaded again instead.' },
      },
    },
    (request) => renewLease(contextOf(request)),
  );
  app.post(
    '/setup/test-call',
    {
      schema: {
        tags,
        summary: 'Whether a test call showed the caller’s name, as the phone’s owner says.',
        querystring: SetupQuery,
        body: TestCallInput,
        response: { 200: SetupState },
        'x-refusals': { 409: 'The phone has no account yet.' },
      },
    },
    async (request) => {
      await noteTestCall(contextOf(request), request.body);
      return readSetup(contextOf(request), request.query);
    },
  );
};

/** The nonce of `NONCE.mobileconfig`. */
function nonceOf(file: string): string {
  const nonce = /^([0-9a-z]{26})\.mobileconfig$/u.exec(file)?.[1];
  if (nonce === undefined) throw new ProfileGone();
  return nonce;
}

/**
 * Where an iPhone fetches the profile that waits for it. Public, because Safari downloads it as any file: the nonce in
 * the address is the only key, works once, and only for a minute.
 */
export const profileRoutes: Routes = (app) => {
  const headers = { 'content-type': profileType, 'content-disposition': 'attachment; filename="doorline.mobileconfig"' };
  const schema = { hide: true } as const;

  // Some clients look before they fetch; that must not use the profile up.
  app.head<{ Params: { file: string } }>('/pair/p/:file', { schema }, async (request, reply) => {
    if (!(await profileWaits(contextOf(request), nonceOf(request.params.file)))) throw new ProfileGone();
    return reply.headers(headers).send();
  });
  app.get<{ Params: { file: string } }>('/pair/p/:file', { schema, exposeHeadRoute: false }, async (request, reply) => {
    const profile = await takeProfile(contextOf(request), nonceOf(request.params.file));
    return reply.headers(headers).send(profile);
  });
};

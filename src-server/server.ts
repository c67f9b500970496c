import { randomBytes } from 'node:crypto';
import type { Server as TlsServer } from 'node:tls';
import { auditRoutes } from './audit/audit.routes.ts';
import { dailyBackupJob } from './backups/backups.jobs.ts';
import { backupRoutes } from './backups/backups.routes.ts';
import { createBackups, type Backups } from './backups/backups.service.ts';
import { trustProbeRoutes } from './certificates/bootstrap.routes.ts';
import { addDavMethods, carddavRoutes, openDavRoutes } from './carddav/carddav.routes.ts';
import { authenticateDav } from './carddav/dav-scope.ts';
import { countCallDaysJob } from './call-reports/call-reports.jobs.ts';
import { callReportRoutes } from './call-reports/call-reports.routes.ts';
import { callJobs } from './calls/calls.jobs.ts';
import { callSettingsRoutes } from './calls/call-settings.routes.ts';
import { callRoutes, deviceCallRoutes } from './calls/calls.routes.ts';
import { keepCertificateJob } from './certificates/certificates.jobs.ts';
import { certificateRoutes } from './certificates/certificates.routes.ts';
import { ensureServerCertificate, requireFittingKey, type TlsMaterial } from './certificates/certificates.service.ts';
import type { ServeConfig } from './config/serve-config.ts';
import { openLogFile } from './config/log-file.ts';
import { openDataFolder } from './config/open-data-folder.ts';
import { pagesFolder } from './config/program-folder.ts';
import { consolePageRoutes, consoleSessionRoutes } from './console/console.routes.ts';
import { databaseFile } from './database/connect.ts';
import { forgetOldKeys } from './database/idempotency.ts';
import { openDatabase, refuseLostDatabase } from './database/open-database.ts';
import { guardLoopback, requireAdminToken } from './http/admin-plane.ts';
import type { App } from './http/app-type.ts';
import { createApp } from './http/app.ts';
import { healthRoutes } from './http/health.ts';
import { collectApi, serveApiDescription } from './http/openapi.ts';
import { inScope, type Routes } from './http/scopes.ts';
import { attachmentJobs } from './conversations/attachments.jobs.ts';
import { attachmentRoutes } from './conversations/attachments.routes.ts';
import { inboxRoutes } from './conversations/inboxes.routes.ts';
import { systemActor, type Context } from './kernel/context.ts';
import { startJobs, type Job } from './kernel/jobs.ts';
import { createLog } from './kernel/log.ts';
import { authenticateDevice } from './devices/device-scope.ts';
import { deviceRoutesWhileActive, deviceSelfRoutes } from './devices/device-self.routes.ts';
import { deviceJobs } from './devices/devices.jobs.ts';
import { startRequestTrace, type RequestTrace } from './devices/request-trace.service.ts';
import { traceRequests } from './devices/trace-requests.ts';
import { deviceRoutes } from './devices/devices.routes.ts';
import { endRestoredDevices } from './devices/restored-devices.service.ts';
import { pairingRoutes } from './devices/pairing.routes.ts';
import { draftRoutes } from './drafts/drafts.routes.ts';
import { enrolmentJobs } from './enrolment/enrolment.jobs.ts';
import { enrolmentRoutes, profileRoutes } from './enrolment/enrolment.routes.ts';
import { companyRoutes } from './people/companies.routes.ts';
import { contactRoutes } from './people/contacts.routes.ts';
import { dealRoutes } from './people/deals.routes.ts';
import { listRoutes } from './people/lists.routes.ts';
import { refreshPeopleJob } from './people/people.jobs.ts';
import { propertyRoutes } from './people/properties.routes.ts';
import { insightRoutes } from './insights/insights.routes.ts';
import { createLdapDoor, type LdapDoor } from './ldap/ldap-door.ts';
import { sourceOfBind } from './ldap/ldap-source.service.ts';
import { ldapRoutes } from './ldap/ldap.routes.ts';
import { agentEventRoutes } from './live/live.routes.ts';
import { forgetOldEvents, watchLiveEvents, type LiveFeed } from './live/live.service.ts';
import { sendMailJob } from './mail/mail.jobs.ts';
import { mailRoutes } from './mail/mail.routes.ts';
import { memberJobs } from './members/members.jobs.ts';
import { memberRoutes } from './members/members.routes.ts';
import { importJobs } from './imports/imports.jobs.ts';
import { importRoutes } from './imports/imports.routes.ts';
import { readNumbersAgainJob } from './phone-numbers/phone-numbers.jobs.ts';
import { callerIdRoutes } from './caller-id/caller-id.routes.ts';
import { pbxActionRoutes, pbxAdminRoutes, pbxRoutes } from './pbx/pbx.routes.ts';
import { phoneBookDavRoutes } from './phonebooks/phone-book-dav.routes.ts';
import { phoneBookAdminRoutes, phoneBookRoutes } from './phonebooks/phonebooks.routes.ts';
import { endRestoredKeys } from './pbx/restored-sources.service.ts';
import { authenticateSource, onlyWhilePlainIsAllowed, traceSources } from './pbx/source-scope.ts';
import { startSourceTrace, type SourceTrace } from './pbx/source-trace.service.ts';
import { phoneNumberRoutes } from './phone-numbers/phone-numbers.routes.ts';
import { portalJobs } from './portal/portal.jobs.ts';
import { addPortal } from './portal/portal.routes.ts';
import { portalSettingsRoutes } from './portal/portal-settings.routes.ts';
import { portalPreviewRoutes } from './portal/preview.routes.ts';
import { setupRoutes } from './setup/setup.routes.ts';
import { phonePageRoutes } from './phone/phone-page.routes.ts';
import { phonePeopleRoutes } from './phone/phone-people.routes.ts';
import { forgetOldEditsJob } from './suggested-edits/suggested-edits.jobs.ts';
import { suggestedEditRoutes } from './suggested-edits/suggested-edits.routes.ts';
import { deviceTaskRoutes, taskRoutes } from './tasks/tasks.routes.ts';
import { teamRoutes } from './team/team.routes.ts';
import { ensureOwner } from './team/team.service.ts';
import { pipelineRoutes } from './tickets/pipelines.routes.ts';
import { ensureTicketDefaults } from './tickets/ticket-defaults.service.ts';
import { ticketRoutes } from './tickets/tickets.routes.ts';

// The composition root: the one file that knows every feature.

/** A server that is built but not listening; tests talk to its planes with `inject`. */
export interface Server {
  readonly ctx: Context;
  readonly admin: App;
  readonly lan: App;
  /** The directory for telephones: listeners of its own, closed until they are opened. */
  readonly ldap: LdapDoor;
  /** Key of the console for this start: 256 bits, never stored, never logged. */
  readonly adminToken: string;
  /** What the door without encryption serves besides the certificate page, while the manager allows it: phone books only. */
  addPlainRoutes(app: App): void;
  startJobs(): void;
  /** Stops taking requests, lets running ones and jobs end, flushes and closes the database. */
  close(): Promise<void>;
}

export interface ServerOptions extends Pick<ServeConfig, 'dataFolder' | 'logLevel' | 'openApi'>, Partial<Pick<ServeConfig, 'newKey'>> {
  readonly now?: () => Date;
  /** Called after the LAN plane began to serve with another certificate. */
  readonly onCertificate?: (ctx: Context) => Promise<void>;
}

/** Builds the whole server on a data folder. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const folder = openDataFolder(options.dataFolder, { makesNewKey: options.newKey === true });
  refuseLostDatabase(folder);
  const database = await openDatabase(databaseFile(folder.root));
  const logFile = options.logLevel === 'silent' ? undefined : openLogFile(folder.logs);
  const logger = createLog({ level: options.logLevel, ...(logFile === undefined ? {} : { destination: logFile.destination }) });
  const ctx: Context = { db: database.db, hot: database.hot, actor: systemActor, now: options.now ?? (() => new Date()), log: logger, folder };
  const owner = await ensureOwner(ctx);
  await ensureTicketDefaults(ctx);
  await endRestoredDevices(ctx);
  await endRestoredKeys(ctx);
  const adminToken = randomBytes(32).toString('base64url');
  const feed = watchLiveEvents(ctx);
  const backups = createBackups();
  const trace = startRequestTrace(ctx);
  const sourceTrace = startSourceTrace(ctx);

  if (options.newKey !== true) await requireFittingKey(ctx);
  let certificate = await ensureServerCertificate(ctx);
  const lan = createApp({ ctx, logger, tls: { cert: certificate.cert, key: certificate.key } });
  let isDraining = false;
  addLanRoutes(lan, { isDraining: () => isDraining, feed, openApi: options.openApi, trace, sourceTrace, certificate: () => certificate.fingerprint });

  /** Serves new connections with another certificate; open ones go on. */
  async function useCertificate(next: TlsMaterial): Promise<void> {
    if (next.fingerprint === certificate.fingerprint) return;
    certificate = next;
    // The plane was made with TLS above; routes never see the difference.
    (lan.server as unknown as TlsServer).setSecureContext({ cert: next.cert, key: next.key, minVersion: 'TLSv1.2' });
    ldap.useCertificate();
    logger.info({ fingerprint: next.fingerprint }, 'serving with another certificate');
    await options.onCertificate?.(ctx);
  }

  const ldap = createLdapDoor({
    ctx,
    tls: () => ({ cert: certificate.cert, key: certificate.key }),
    authenticate: sourceOfBind,
    traceSearch: (asked, { source, isSelfTest, note, ...search }) =>
      sourceTrace.traceRequest(asked, {
        ...search,
        sourceId: source.id,
        what: `${isSelfTest ? 'Self-test ' : ''}LDAP search`,
        status: note === null ? 200 : 400,
        note,
        isSelfTest,
      }),
  });
  const admin = createApp({ ctx, logger });
  guardLoopback(admin, () => portOf(admin));
  addAdminRoutes(admin, { adminToken, owner, feed, backups, useCertificate, ldap, followDoor: async () => options.onCertificate?.(ctx) });

  let jobs: { stop(): Promise<void> } | undefined;
  return {
    ctx,
    admin,
    lan,
    ldap,
    adminToken,
    addPlainRoutes(app) {
      inScope(
        app,
        { scope: 'integration', prefix: '/phonebook', authenticate: onlyWhilePlainIsAllowed(authenticateSource({ keyIn: 'path' })) },
        async (pbx) => {
          traceSources(pbx, sourceTrace);
          await phoneBookRoutes({ isPlain: true })(pbx);
        },
      );
    },
    startJobs() {
      const rotateLog: Job = { name: 'rotate-log', everySeconds: 600, run: async () => logFile?.rotateIfLarge() };
      jobs = startJobs(ctx, [...allJobs({ useCertificate, backups }), rotateLog]);
    },
    async close() {
      isDraining = true;
      feed.close();
      await Promise.all([drain(admin), drain(lan), ldap.close()]);
      await jobs?.stop();
      await trace.close();
      await sourceTrace.close();
      await database.close();
      logFile?.close();
    },
  };
}

/** How long a request under way may take to end when the server stops. */
const drainTime = 5000;

/** Ends a plane: no new requests, running ones may end, and what hangs is cut. */
async function drain(app: App): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), drainTime);
  await app.close();
  clearTimeout(cut);
}

/** The port a plane listens on; 0 while it does not. */
export function portOf(app: App): number {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface AdminParts {
  readonly adminToken: string;
  readonly owner: { readonly id: string; readonly name: string };
  readonly feed: LiveFeed;
  readonly backups: Backups;
  readonly useCertificate: (next: TlsMaterial) => Promise<void>;
  readonly ldap: LdapDoor;
  /** Opens or closes the plain-HTTP door as changed settings ask for. */
  readonly followDoor: () => Promise<void>;
}

/** The console's plane: loopback only, bearer token, everything an admin may do. */
function addAdminRoutes(app: App, { adminToken, owner, feed, backups, useCertificate, ldap, followDoor }: AdminParts): void {
  inScope(app, { scope: 'public' }, consolePageRoutes(pagesFolder()));
  inScope(app, { scope: 'public', prefix: '/admin/v1' }, consoleSessionRoutes(adminToken));
  inScope(
    app,
    {
      scope: 'admin',
      prefix: '/admin/v1',
      authenticate: async (request) => {
        requireAdminToken(request, adminToken);
        return { kind: 'agent', id: owner.id, name: owner.name };
      },
    },
    async (admin) => {
      const features: Routes[] = [
        agentEventRoutes(feed),
        attachmentRoutes,
        auditRoutes,
        backupRoutes(backups),
        certificateRoutes(useCertificate),
        companyRoutes,
        contactRoutes,
        dealRoutes,
        callRoutes,
        callSettingsRoutes,
        callReportRoutes,
        deviceRoutes,
        taskRoutes,
        draftRoutes,
        inboxRoutes,
        ldapRoutes(ldap),
        listRoutes,
        propertyRoutes,
        callerIdRoutes,
        importRoutes,
        pbxAdminRoutes(followDoor),
        phoneBookAdminRoutes,
        phoneNumberRoutes,
        pipelineRoutes,
        ticketRoutes,
        insightRoutes,
        mailRoutes,
        memberRoutes,
        portalPreviewRoutes,
        portalSettingsRoutes,
        setupRoutes,
        suggestedEditRoutes,
        teamRoutes, // keep one feature a line
      ];
      for (const routes of features) await routes(admin);
    },
  );
}

interface LanParts {
  readonly isDraining: () => boolean;
  readonly feed: LiveFeed;
  readonly openApi: boolean;
  readonly trace: RequestTrace;
  readonly sourceTrace: SourceTrace;
  readonly certificate: () => string;
}

/** What customers, phones and agents reach over the network. */
function addLanRoutes(app: App, { isDraining, feed, openApi, trace, sourceTrace, certificate }: LanParts): void {
  if (openApi) {
    collectApi(app);
    serveApiDescription(app);
  }
  inScope(app, { scope: 'public' }, async (open) => {
    for (const routes of [healthRoutes(isDraining), trustProbeRoutes, pairingRoutes, profileRoutes, phonePageRoutes(pagesFolder())]) await routes(open);
  });
  inScope(app, { scope: 'device', prefix: '/api/device/v1', authenticate: authenticateDevice({ mayBeWiping: true }) }, async (device) => {
    traceRequests(device, trace);
    await deviceSelfRoutes(feed)(device);
  });
  inScope(app, { scope: 'device', prefix: '/api/device/v1', authenticate: authenticateDevice({ mayBeWiping: false }) }, async (device) => {
    traceRequests(device, trace);
    for (const routes of [deviceRoutesWhileActive, deviceCallRoutes, enrolmentRoutes, deviceTaskRoutes, phonePeopleRoutes]) await routes(device);
  });
  addDavMethods(app);
  inScope(app, { scope: 'public' }, openDavRoutes);
  inScope(app, { scope: 'device', authenticate: authenticateDav }, carddavRoutes({ trace, certificate }));
  inScope(app, { scope: 'integration', prefix: '/pbx/v1', authenticate: authenticateSource({ keyIn: 'header' }) }, async (pbx) => {
    traceSources(pbx, sourceTrace);
    await pbxRoutes(pbx);
  });
  inScope(app, { scope: 'integration', prefix: '/pbx/v1', authenticate: authenticateSource({ keyIn: 'path' }) }, async (pbx) => {
    traceSources(pbx, sourceTrace);
    await pbxActionRoutes(pbx);
  });
  inScope(app, { scope: 'integration', prefix: '/phonebook', authenticate: authenticateSource({ keyIn: 'path' }) }, async (pbx) => {
    traceSources(pbx, sourceTrace);
    await phoneBookRoutes({ isPlain: false })(pbx);
  });
  inScope(app, { scope: 'integration', prefix: '/phonebook/dav', authenticate: authenticateSource({ keyIn: 'password' }) }, async (pbx) => {
    traceSources(pbx, sourceTrace);
    await phoneBookDavRoutes(pbx);
  });
  // Last: its addresses start with a word the manager chooses.
  addPortal(app);
}

function allJobs({ useCertificate, backups }: Pick<AdminParts, 'useCertificate' | 'backups'>): Job[] {
  return [
    keepCertificateJob(useCertificate),
    dailyBackupJob(backups),
    { name: 'forget-old-events', everySeconds: 3600, run: forgetOldEvents },
    { name: 'forget-old-keys', everySeconds: 3600, run: forgetOldKeys },
    ...attachmentJobs,
    ...callJobs,
    countCallDaysJob,
    ...deviceJobs,
    ...enrolmentJobs,
    forgetOldEditsJob,
    ...memberJobs,
    ...portalJobs,
    refreshPeopleJob,
    readNumbersAgainJob,
    ...importJobs,
    sendMailJob, // keep one job a line
  ];
}

import { z } from 'zod';
import type { App } from '../http/app-type.ts';
import { withRateLimit } from '../http/rate-limit.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { callerName, threeCxLookup } from './caller-names.service.ts';
import { reportEvent, reportThreeCxCall } from './call-reports.service.ts';
import {
  ActionQuery,
  NumberQuery,
  PbxEvent,
  PbxEventName,
  PbxRequestList,
  PbxSettings,
  PbxSource,
  PbxSourceInput,
  PbxSourceList,
  PbxSourcePatch,
  PbxSourceWithKey,
  Recorded,
  SelfTest,
  SelfTestInput,
  ThreeCxAnswer,
  ThreeCxCall,
} from './pbx.contract.ts';
import { changePbxSettings, readPbxSettings } from './pbx-settings.service.ts';
import { runSelfTest } from './self-test.service.ts';
import { connectSource, renewSourceKey } from './setup.service.ts';
import { noteOf, sourceOf } from './source-scope.ts';
import { changeSource, getSource, listSourceRequests, listSources, revokeSource } from './sources.service.ts';

/** The manager's side: which telephones and telephone systems are connected. `follow` heeds changed settings at once. */
export function pbxAdminRoutes(follow: () => Promise<void>): Routes {
  return (app) => {
    app.get('/pbx/sources', { schema: { response: { 200: PbxSourceList } } }, (request) => listSources(contextOf(request)));
    app.post('/pbx/sources', { schema: { body: PbxSourceInput, response: { 201: PbxSourceWithKey } } }, async (request, reply) =>
      reply.status(201).send(await connectSource(contextOf(request), request.body)),
    );
    app.get('/pbx/sources/:id', { schema: { params: ById, response: { 200: PbxSource } } }, (request) => getSource(contextOf(request), request.params.id));
    app.patch('/pbx/sources/:id', { schema: { params: ById, body: PbxSourcePatch, response: { 200: PbxSource } } }, (request) =>
      changeSource(contextOf(request), request.params.id, request.body),
    );
    app.post('/pbx/sources/:id/new-key', { schema: { params: ById, response: { 200: PbxSourceWithKey } } }, (request) =>
      renewSourceKey(contextOf(request), request.params.id),
    );
    app.post('/pbx/sources/:id/revoke', { schema: { params: ById, response: { 200: PbxSource } } }, (request) =>
      revokeSource(contextOf(request), request.params.id),
    );
    app.get('/pbx/sources/:id/requests', { schema: { params: ById, response: { 200: PbxRequestList } } }, (request) =>
      listSourceRequests(contextOf(request), request.params.id),
    );
    app.post('/pbx/sources/:id/self-test', { schema: { params: ById, body: SelfTestInput, response: { 200: SelfTest } } }, (request) =>
      runSelfTest(contextOf(request), request.params.id, request.body.key),
    );
    app.get('/pbx/settings', { schema: { response: { 200: PbxSettings } } }, (request) => readPbxSettings(contextOf(request)));
    app.put('/pbx/settings', { schema: { body: PbxSettings, response: { 200: PbxSettings } } }, async (request) => {
      const settings = await changePbxSettings(contextOf(request), request.body);
      await follow();
      return settings;
    });
  };
}

/** Many calls a second, as a busy switchboard makes; more is a loop in somebody's dialplan. */
const requestsAMinute = 6000;

function limited(app: App, routes: Routes): void {
  withRateLimit(app, { most: requestsAMinute, windowSeconds: 60, keyOf: (request) => sourceOf(request).id }, routes);
}

const tags = ['Telephone systems'];
const plainText = { description: 'One line, or nothing.', content: { 'text/plain': { schema: z.string() } } };

/** What telephone systems ask and report, by a bearer key. */
export const pbxRoutes: Routes = (app) =>
  limited(app, (app) => {
    app.get('/name', { schema: { tags, querystring: NumberQuery, response: { 200: plainText } } }, async (request, reply) => {
      const name = await callerName(contextOf(request), request.query.n);
      noteOf(request, name === '' ? 'Nobody is known by this number' : 'A name was given');
      // Chosen by hand: an empty answer must still be a 200, and text must not be written as JSON.
      return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').serializer(String).send(name);
    });
    app.get('/3cx/lookup', { schema: { tags, querystring: NumberQuery, response: { 200: ThreeCxAnswer } } }, async (request, reply) => {
      const answer = await threeCxLookup(contextOf(request), request.query.n);
      noteOf(request, answer.contacts.length === 0 ? 'Nobody is known by this number' : 'A contact was given');
      return reply.header('cache-control', 'no-store').send(answer);
    });
    app.post('/3cx/call', { schema: { tags, body: ThreeCxCall, response: { 200: Recorded } } }, (request) => {
      noteOf(request, `A call: ${request.body.type}`);
      return reportThreeCxCall(contextOf(request), request.body);
    });
    app.post('/event', { schema: { tags, body: PbxEvent, response: { 200: Recorded } } }, (request) => {
      noteOf(request, `A call: ${request.body.event}`);
      return reportEvent(contextOf(request), request.body);
    });
  });

const ActionParams = z.object({ token: z.string(), event: PbxEventName });

/** What desk phones report by opening an address of ours (“action URL”): they send no header, so the key is in the path. */
export const pbxActionRoutes: Routes = (app) =>
  limited(app, (app) => {
    app.get(
      '/action/:token/:event',
      { schema: { tags, params: ActionParams, querystring: ActionQuery, response: { 200: plainText } } },
      async (request, reply) => {
        const { call, ...parties } = request.query;
        noteOf(request, `A call: ${request.params.event}`);
        await reportEvent(contextOf(request), { ...parties, ...(call === '' ? {} : { callId: call }), event: request.params.event });
        return reply.type('text/plain; charset=utf-8').serializer(String).send('');
      },
    );
  });

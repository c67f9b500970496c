import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { dismissSharing } from './account-sharing.service.ts';
import { askForRenewal, stopAccount } from './dav-account.service.ts';
import { revokeDevice, wipeDevice } from './device-end.service.ts';
import {
  Device,
  DeviceListQuery,
  DevicePage,
  DevicePatch,
  DeviceTrace,
  ScopePreview,
  ScopePreviewQuery,
  Simulation,
  SimulationQuery,
  Pairing,
  PairingInput,
  PairingStarted,
} from './devices.contract.ts';
import { readTrace } from './device-trace.service.ts';
import { simulateCall } from './simulation.service.ts';
import { previewScope } from './scope-preview.service.ts';
import { unlockPairing } from './pairing-lock.service.ts';
import { listDevices } from './device-list.service.ts';
import { changeDevice, getDevice } from './devices.service.ts';
import { allowOtherNetworks, approvePairing, cancelPairing, declinePairing, getPairing, startPairing } from './pairings.service.ts';

/** The manager's side of pairing, and the list of phones. */
export const deviceRoutes: Routes = (app) => {
  app.post('/pairings', { schema: { body: PairingInput, response: { 201: PairingStarted } } }, async (request, reply) =>
    reply.status(201).send(await startPairing(contextOf(request), request.body)),
  );
  app.post('/pairings/unlock', async (request, reply) => {
    await unlockPairing(contextOf(request));
    return reply.status(204).send();
  });
  app.get('/pairings/:id', { schema: { params: ById, response: { 200: Pairing } } }, (request) => getPairing(contextOf(request), request.params.id));
  const decisions = {
    approve: approvePairing,
    decline: declinePairing,
    cancel: cancelPairing,
    'allow-other-networks': allowOtherNetworks,
  } as const;
  for (const [name, decide] of Object.entries(decisions)) {
    app.post(`/pairings/:id/${name}`, { schema: { params: ById, response: { 200: Pairing } } }, (request) => decide(contextOf(request), request.params.id));
  }

  app.get('/devices', { schema: { querystring: DeviceListQuery, response: { 200: DevicePage } } }, (request) => listDevices(contextOf(request), request.query));
  app.get('/devices/simulation', { schema: { querystring: SimulationQuery, response: { 200: Simulation } } }, (request) =>
    simulateCall(contextOf(request), request.query.number),
  );
  app.get('/devices/scope-preview', { schema: { querystring: ScopePreviewQuery, response: { 200: ScopePreview } } }, (request) =>
    previewScope(contextOf(request), request.query),
  );
  app.get('/devices/:id', { schema: { params: ById, response: { 200: Device } } }, (request) => getDevice(contextOf(request), request.params.id));
  app.get('/devices/:id/requests', { schema: { params: ById, response: { 200: DeviceTrace } } }, (request) => readTrace(contextOf(request), request.params.id));
  app.patch('/devices/:id', { schema: { params: ById, body: DevicePatch, response: { 200: Device } } }, (request) =>
    changeDevice(contextOf(request), request.params.id, request.body),
  );
  const acts = {
    revoke: revokeDevice,
    wipe: wipeDevice,
    'renew-lease': askForRenewal,
    'stop-account': stopAccount,
    'one-phone': dismissSharing,
  } as const;
  for (const [name, act] of Object.entries(acts)) {
    app.post(`/devices/:id/${name}`, { schema: { params: ById, response: { 200: Device } } }, (request) => act(contextOf(request), request.params.id));
  }
};

import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { LeaseDays, usualLease, type Device, type Pairing, type PairingStarted } from '#server/devices/devices.contract.ts';
import type { Agent } from '#server/team/team.contract.ts';
import {
  allowOtherNetworks,
  approvePairing,
  cancelPairing,
  declinePairing,
  devicesQuery,
  deviceQuery,
  pairingQuery,
  startPairing,
} from '../../../api/devices.ts';
import { agentsQuery } from '../../../api/team.ts';
import { useDraft } from '../../../api/use-draft.ts';

import { suggestedName } from './phone-words.ts';

export const pairingStepKeys = ['whose', 'contacts', 'scan', 'arrive', 'test'] as const;
export type PairingStepKey = (typeof pairingStepKeys)[number];

/** What was chosen so far. The one-time link is not among it: it is a secret and stays in this window. */
const PairingDraft = z.object({
  step: z.enum(pairingStepKeys),
  deviceName: z.string(),
  agentId: z.string().nullable(),
  everyone: z.boolean(),
  listIds: z.array(z.string()),
  most: z.number().int().nullable().default(null),
  showsCompany: z.boolean().default(true),
  leaseDays: LeaseDays.default(usualLease),
  pairingId: z.string().nullable(),
});
export type PairingDraft = z.infer<typeof PairingDraft>;

const empty: PairingDraft = {
  step: 'whose',
  deviceName: '',
  agentId: null,
  everyone: true,
  listIds: [],
  most: null,
  showsCompany: true,
  leaseDays: usualLease,
  pairingId: null,
};

type Act<Answer, Input = void> = UseMutationResult<Answer, Error, Input>;

/** One phone being paired, from whose it is to its first call. */
export interface PairingModel {
  readonly draft: PairingDraft;
  /** The step to draw: once the phone has fetched its keys there is nothing left to scan. */
  readonly step: PairingStepKey;
  /** What the phone is called: as typed, else after whoever carries it. */
  readonly deviceName: string;
  /** Those who may carry a phone. */
  readonly agents: readonly Agent[];
  readonly isReady: boolean;
  readonly edit: (patch: Partial<PairingDraft>) => void;
  /** The code to scan; undefined until it is made, and after a reload. */
  readonly link: PairingStarted | undefined;
  readonly pairing: Pairing | undefined;
  readonly device: Device | undefined;
  /** The number of the simulated call. */
  readonly testNumber: string;
  readonly setTestNumber: (number: string) => void;
  /** Makes a code, a new one when there was one before. */
  readonly start: Act<PairingStarted>;
  readonly approve: Act<Pairing>;
  readonly decline: Act<Pairing>;
  readonly allow: Act<Pairing>;
  /** Forgets what was chosen, and takes back a code nobody has used. */
  readonly finish: () => void;
}

const asksEvery = 2000;
const waiting: ReadonlySet<Pairing['state']> = new Set(['open', 'claimed', 'approved']);

export function usePairing(place: string): PairingModel {
  const queries = useQueryClient();
  const [testNumber, setTestNumber] = useState('');
  const draft = useDraft({ place, schema: PairingDraft, empty, isEmpty: (body) => body.deviceName === '' && body.pairingId === null && body.step === 'whose' });
  const { body } = draft;
  const team = useQuery(agentsQuery);
  const agents = (team.data ?? []).filter((agent) => agent.isActive);
  const carrier = agents.find((agent) => agent.id === body.agentId) ?? agents[0];
  const deviceName = body.deviceName.trim() === '' ? suggestedName(carrier?.name ?? '') : body.deviceName.trim();
  const linkKey = ['pairing-link', body.pairingId];
  const link = useQuery<PairingStarted>({
    queryKey: linkKey,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
    queryFn: () => Promise.reject(new Error('A link is shown once.')),
  });
  const pairing = useQuery({
    ...pairingQuery(body.pairingId ?? ''),
    enabled: body.pairingId !== null,
    // Live events tell at once; asking as well keeps the wait short where they do not arrive.
    refetchInterval: ({ state }) => (state.data !== undefined && waiting.has(state.data.state) ? asksEvery : false),
  });
  const step = body.step === 'scan' && pairing.data?.state === 'completed' ? 'arrive' : body.step;
  const deviceId = pairing.data?.deviceId ?? null;
  const device = useQuery({ ...deviceQuery(deviceId ?? ''), enabled: deviceId !== null, refetchInterval: step === 'arrive' ? asksEvery : false });

  function take(next: Pairing): void {
    queries.setQueryData(pairingQuery(next.id).queryKey, next);
  }
  function decision(decide: (id: string) => Promise<Pairing>) {
    return { mutationFn: () => (body.pairingId === null ? Promise.reject(new Error('There is no code yet.')) : decide(body.pairingId)), onSuccess: take };
  }

  const start = useMutation({
    mutationFn: () =>
      startPairing({
        deviceName,
        leaseDays: body.leaseDays,
        scope: { everyone: body.everyone, listIds: body.everyone ? [] : body.listIds, most: body.most, showsCompany: body.showsCompany },
        ...(carrier === undefined ? {} : { agentId: carrier.id }),
      }),
    onSuccess(started) {
      const before = body.pairingId;
      const unused = before !== null && pairing.data !== undefined && waiting.has(pairing.data.state);
      // A code that is replaced must not be usable any more.
      if (unused) void cancelPairing(before).catch(() => undefined);
      queries.setQueryData(['pairing-link', started.id], started);
      draft.update((now) => ({ ...now, pairingId: started.id, step: 'scan' }));
    },
  });

  return {
    draft: body,
    step,
    deviceName,
    agents,
    isReady: draft.isReady,
    edit: (patch) => draft.update((before) => ({ ...before, ...patch })),
    link: link.data,
    pairing: pairing.data,
    device: device.data,
    testNumber,
    setTestNumber,
    start,
    approve: useMutation(decision(approvePairing)),
    decline: useMutation(decision(declinePairing)),
    allow: useMutation(decision(allowOtherNetworks)),
    finish() {
      const { pairingId } = body;
      if (pairingId !== null && pairing.data !== undefined && waiting.has(pairing.data.state)) void cancelPairing(pairingId).catch(() => undefined);
      queries.removeQueries({ queryKey: linkKey });
      draft.clear();
      void queries.invalidateQueries({ queryKey: devicesQuery.queryKey });
    },
  };
}

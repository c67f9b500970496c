import type { DeskCallNews } from '#server/calls/calls.contract.ts';
import type { Device, Pairing } from '#server/devices/devices.contract.ts';
import type { ImportBatch } from '#server/imports/imports.contract.ts';
import type { Contact, PhoneNumber } from '#server/people/people.contract.ts';
import type { Ticket } from '#server/tickets/tickets.contract.ts';

// What the server would answer, as small as a screen can live on.

const at = '2026-11-23T08:00:00.000Z';

export const support = {
  id: 'pipeline-1',
  name: 'Support',
  stages: [
    { id: 'stage-1', name: 'New', position: 0, isOpen: true, publicName: null, turn: 'team' },
    { id: 'stage-2', name: 'Closed', position: 1, isOpen: false, publicName: null, turn: null },
  ],
} as const;

export function aTicket(patch: Partial<Ticket> = {}): Ticket {
  return {
    id: 'ticket-1',
    number: 2481,
    subject: 'Label printer prints blank labels',
    isOpen: true,
    stage: { id: 'stage-1', name: 'New' },
    priority: 'medium',
    waitsFor: 'team',
    contact: null,
    company: null,
    assignee: null,
    inbox: null,
    preview: 'Here is a photo.',
    createdAt: at,
    lastActivityAt: at,
    pipelineId: 'pipeline-1',
    category: null,
    source: 'portal',
    properties: {},
    isReleased: true,
    closedAt: null,
    conversation: [],
    olderCursor: null,
    attachments: [],
    ...patch,
  };
}

export function aNumber(patch: Partial<PhoneNumber> = {}): PhoneNumber {
  return {
    id: 1,
    field: 'mobile',
    raw: '0601 234567',
    kind: 'e164',
    e164: '+48601234567',
    extension: null,
    display: '601 234 567',
    suggestion: null,
    problem: null,
    ...patch,
  };
}

export function aContact(patch: Partial<Contact> = {}): Contact {
  return {
    id: 'contact-1',
    firstName: 'Marta',
    lastName: 'Zielińska',
    displayName: 'Marta Zielińska',
    email: 'marta@hartmann.lan',
    company: null,
    jobTitle: null,
    language: null,
    country: null,
    numbers: [],
    publishToPhones: true,
    properties: {},
    lists: [],
    openDeals: [],
    member: null,
    openTickets: 0,
    createdAt: at,
    updatedAt: at,
    lastActivityAt: at,
    ...patch,
  };
}

export function aCall(patch: Partial<DeskCallNews> = {}): DeskCallNews {
  return {
    callId: 'call-1',
    state: 'ringing',
    direction: 'inbound',
    number: '+4915112345678',
    displayNumber: '+49 1511 2345678',
    isWithheld: false,
    caller: {
      match: 'exact',
      display: 'Jonas Brandt · Werk 2',
      contact: { id: 'contact-2', firstName: 'Jonas', lastName: 'Brandt' },
      company: { id: 'company-2', name: 'Werk 2' },
      deal: null,
      openTickets: [{ id: 'ticket-7', number: 2479, subject: 'Access card for the new hall' }],
      candidates: [],
    },
    agent: { id: 'owner', name: 'Tom Keller' },
    startedAt: at,
    answeredAt: null,
    isNamedByHand: false,
    ticketId: null,
    ...patch,
  };
}

export function aBatch(patch: Partial<ImportBatch> = {}): ImportBatch {
  return {
    id: 'import-1',
    object: 'contacts',
    fileName: 'contacts.csv',
    state: 'analysed',
    analysis: {
      source: 'hubspot',
      object: 'contacts',
      confidence: 0.98,
      encoding: 'UTF-8',
      delimiter: ',',
      rowCount: 2,
      columns: [
        { header: 'First Name', target: 'firstName', samples: ['Marta'] },
        { header: 'Email', target: 'email', samples: ['marta@hartmann.lan'] },
      ],
      targets: [
        { field: 'firstName', label: 'First name' },
        { field: 'email', label: 'E-mail' },
      ],
      warnings: [],
    },
    options: null,
    progress: { phase: 'idle', rowsDone: 0, rowsTotal: 2, created: 0, updated: 0, unchanged: 0, failed: 0, unreadableNumbers: 0, errors: [] },
    createdAt: at,
    finishedAt: null,
    ...patch,
  };
}

export function aPairing(patch: Partial<Pairing> = {}): Pairing {
  return {
    id: 'pairing-1',
    deviceName: 'Anna’s iPhone',
    state: 'open',
    expiresAt: '2099-01-01T00:00:00.000Z',
    claim: null,
    allowsOtherNetworks: false,
    refusedIp: null,
    lockedUntil: null,
    deviceId: null,
    ...patch,
  };
}

export function aDevice(patch: Partial<Device> = {}): Device {
  return {
    id: 'device-1',
    name: 'Anna’s iPhone',
    agent: { id: 'owner', name: 'Tom Keller' },
    platform: 'ios',
    state: 'active',
    scope: { everyone: true, listIds: [], most: null, showsCompany: true },
    settings: { callerId: true, logCalls: false, outcomeScreen: true, showDeal: false },
    contactsSynced: 2314,
    contactsInScope: 2314,
    changesBehind: 0,
    lastSeenAt: at,
    lastSyncAt: at,
    lastIp: '192.168.1.74',
    userAgent: null,
    addressBook: null,
    trouble: null,
    isAccountStopped: false,
    accountSharing: null,
    certificateSeen: null,
    pageSeenAt: at,
    pageErasedAt: null,
    leaseDays: 90,
    leaseEndsAt: null,
    leaseState: 'none',
    leaseEndedBy: 'phone',
    leaseRenewalAskedAt: null,
    wipeRequestedAt: null,
    wipeConfirmedAt: null,
    revokedAt: null,
    createdAt: at,
    ...patch,
  };
}

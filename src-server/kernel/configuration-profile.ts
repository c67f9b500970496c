import { createHash } from 'node:crypto';
import { plistDocument, plistInteger, plistList, plistText } from './plist.ts';
import type { Xml } from './xml.ts';

/** What makes Safari offer a file as a profile. */
export const profileType = 'application/x-apple-aspen-config';

/** One thing a configuration profile sets up. */
export interface ProfilePayload {
  readonly type: string;
  readonly identifier: string;
  readonly displayName: string;
  readonly entries: readonly Xml[];
}

/**
 * A UUID that is the same for the same words (RFC 9562, version 8): a profile that is installed again with the same
 * identifiers replaces the one that is there.
 */
export function steadyUuid(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(words.join('\n')).digest().subarray(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function common(payload: { readonly type: string; readonly identifier: string; readonly uuid: string; readonly displayName: string }): Xml[] {
  return [
    plistText('PayloadType', payload.type),
    plistInteger('PayloadVersion', 1),
    plistText('PayloadIdentifier', payload.identifier),
    plistText('PayloadUUID', payload.uuid),
    plistText('PayloadDisplayName', payload.displayName),
  ];
}

/**
 * A configuration profile for iPhones and iPads (Apple, “Configuration Profile Reference”; the keys are in
 * github.com/apple/device-management). `entries` are further keys of its top level. One with the same identifier
 * replaces the one that is installed; `edition` tells one issue from the next.
 */
export function configurationProfile(profile: {
  readonly identifier: string;
  readonly displayName: string;
  readonly edition: string;
  readonly entries: readonly Xml[];
  readonly payloads: readonly ProfilePayload[];
}): Buffer {
  const { identifier, displayName, edition, entries, payloads } = profile;
  const content = payloads.map((payload) => [...common({ ...payload, uuid: steadyUuid(payload.identifier, edition) }), ...payload.entries]);
  const document = plistDocument([
    ...common({ type: 'Configuration', identifier, uuid: steadyUuid(identifier, edition), displayName }),
    ...entries,
    plistList('PayloadContent', content),
  ]);
  return Buffer.from(document, 'utf8');
}

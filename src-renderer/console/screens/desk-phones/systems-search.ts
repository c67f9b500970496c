import type { PbxSource } from '#server/pbx/pbx.contract.ts';
import { wordsOf } from './kinds.ts';

export const systemStates = ['in-use', 'silent', 'revoked'] as const;
export type SystemStateName = (typeof systemStates)[number];

/** Which systems show; stands in the address. */
export interface SystemsSearch {
  readonly search?: string;
  readonly state?: SystemStateName;
}

export function readSystemsSearch({ search, state }: Readonly<Record<string, unknown>>): SystemsSearch {
  // A search for digits arrives as a number.
  const text = typeof search === 'number' ? String(search) : search;
  const known = systemStates.find((one) => one === state);
  return { ...(typeof text === 'string' && text !== '' ? { search: text } : {}), ...(known === undefined ? {} : { state: known }) };
}

/** Whether a system is in use, was never heard of, or was ended. */
export function stateOf(source: Pick<PbxSource, 'state' | 'lastUsedAt'>): SystemStateName {
  if (source.state === 'revoked') return 'revoked';
  return source.lastUsedAt === null ? 'silent' : 'in-use';
}

/** Lower case, without accents: “lodz” finds Łódź. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ł', 'l');
}

/** The systems that fit: every word that was typed begins a word of the name, the kind or the address. */
export function fitting(sources: readonly PbxSource[], { search = '', state }: SystemsSearch): PbxSource[] {
  const typed = folded(search)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return sources.filter((source) => {
    if (state !== undefined && stateOf(source) !== state) return false;
    const words = folded(`${source.name} ${wordsOf(source.kind).name} ${source.lastIp ?? ''}`).split(/[\s,()/-]+/u);
    return typed.every((part) => words.some((word) => word.startsWith(part)));
  });
}

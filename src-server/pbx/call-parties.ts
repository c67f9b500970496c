import type { PbxEvent } from './pbx.contract.ts';

/** A party as a telephone system names it: `sip:600100200@10.0.0.5;user=phone`, `"Jan" <sip:101@pbx>` or a bare number. */
export function numberOfParty(party: string): string {
  const address = /<([^>]*)>/u.exec(party)?.[1] ?? party;
  const user =
    address
      .trim()
      .replace(/^(?:sips?|tel):/iu, '')
      .split(/[@;]/u)[0] ?? '';
  // RFC 3261 lets a user part be percent-encoded; what is not well formed stays as it is.
  return /%[0-9a-f]{2}/iu.test(user) ? user.replace(/%2b/giu, '+').replace(/%20/gu, ' ').trim() : user.trim();
}

/** Who of the two is ours, and which number is the other one's. */
export interface CallParties {
  readonly direction: 'inbound' | 'outbound';
  /** Null: withheld. */
  readonly number: string | null;
  readonly extension: string;
}

/** Works out the direction: a call from the extension it is about, or from any extension that is known, went out. */
export function partiesOf(event: Pick<PbxEvent, 'from' | 'to' | 'agent'>, isExtension: (party: string) => boolean): CallParties {
  const from = numberOfParty(event.from);
  const to = numberOfParty(event.to);
  const agent = numberOfParty(event.agent);
  const isOutbound = from !== '' && to !== agent && (from === agent || (isExtension(from) && !isExtension(to)));
  const number = isOutbound ? to : from;
  const own = isOutbound ? from : to;
  return { direction: isOutbound ? 'outbound' : 'inbound', number: number === '' ? null : number, extension: agent === '' ? own : agent };
}

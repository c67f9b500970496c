import type { ClaimAnswer, CompleteAnswer } from '#server/devices/devices.contract.ts';
import { held } from '../device/held-database.ts';
import { forgetKept, keepKeys } from '../device/keys.ts';
import { inWords, NotReached, Refused, Told } from '../device/problem.ts';
import { refusalOf, send } from '../device/request.ts';
import { words } from '../words/words.ts';
import { pairingCode, type PairingSecret } from './pairing-code.ts';
import { thisDevice } from './this-device.ts';

/** How far pairing is. */
export type PairingStep =
  | { readonly at: 'claiming' }
  | { readonly at: 'comparing'; readonly code: string }
  | { readonly at: 'approved' }
  | { readonly at: 'failed'; readonly title: string; readonly detail: string; readonly canRetry: boolean };

const pollEvery = 1200;
const pendingName = 'doorline.claim';

interface Claim extends PairingSecret {
  readonly claimId: string;
  readonly code: string;
}

/** A claim that was being compared when the page was reloaded, as phones do with pages in the background. */
export function pendingClaim(): Claim | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(pendingName) ?? 'null') as Claim | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function keepClaim(claim: Claim | undefined): void {
  if (claim === undefined) sessionStorage.removeItem(pendingName);
  else sessionStorage.setItem(pendingName, JSON.stringify(claim));
}

async function post<Answer>(path: string, body: object, signal: AbortSignal): Promise<Answer> {
  const response = await send(path, { method: 'POST', body, signal });
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as Answer;
}

/** Somebody stands between this phone and the desk, or the code is of another desk. */
class CodesDiffer extends Told {
  constructor() {
    super(words.pairing.codesDiffer);
  }
}

async function claimWith(secret: PairingSecret, signal: AbortSignal): Promise<Claim> {
  const device = await thisDevice();
  const answer = await post<ClaimAnswer>('/pair/claim', { token: secret.token, deviceName: device.name, platform: device.platform }, signal);
  // A code typed by hand comes without the fingerprint, so only the person can compare.
  const isOurs = secret.fingerprint === '' || answer.code === (await pairingCode({ ...secret, claimId: answer.claimId, deviceName: device.name }));
  if (!isOurs) throw new CodesDiffer();
  return { ...secret, ...answer };
}

async function waitForApproval({ token, claimId }: Claim, signal: AbortSignal): Promise<CompleteAnswer> {
  for (;;) {
    try {
      return await post<CompleteAnswer>('/pair/complete', { claimId, token }, signal);
    } catch (error) {
      // Not decided yet, or a gap in the Wi-Fi: ask again. Only a real refusal ends it.
      if (error instanceof Refused && error.status !== 425) throw error;
      if (signal.aborted) throw error;
    }
    await new Promise((resume) => setTimeout(resume, pollEvery));
  }
}

function failure(error: unknown, wasClaimed: boolean): PairingStep {
  const detail = inWords(error);
  if (error instanceof CodesDiffer) return { at: 'failed', title: words.pairing.stop, detail, canRetry: false };
  if (error instanceof NotReached) return { at: 'failed', title: words.pairing.notReached, detail, canRetry: true };
  if (!(error instanceof Refused)) return { at: 'failed', title: words.pairing.failed, detail, canRetry: true };
  if (error.code === 'other-network') return { at: 'failed', title: words.pairing.otherNetwork, detail, canRetry: true };
  if (error.code === 'pairing-locked') return { at: 'failed', title: words.pairing.locked, detail, canRetry: false };
  if (error.status === 410 && wasClaimed) {
    return { at: 'failed', title: words.pairing.notApproved, detail: words.pairing.notApprovedHint, canRetry: false };
  }
  return { at: 'failed', title: error.status === 410 ? words.pairing.codeGone : words.pairing.failed, detail, canRetry: error.status >= 500 };
}

/** Takes this phone from a scanned code to its keys, telling each step. Ends quietly when `signal` does. */
export async function pair(start: PairingSecret | Claim, signal: AbortSignal, onStep: (step: PairingStep) => void): Promise<void> {
  let claimed: Claim | undefined = 'claimId' in start ? start : undefined;
  try {
    if (claimed === undefined) {
      onStep({ at: 'claiming' });
      claimed = await claimWith(start, signal);
      keepClaim(claimed);
    }
    onStep({ at: 'comparing', code: claimed.code });
    const { deviceId, deviceToken, serverName } = await waitForApproval(claimed, signal);
    // What an earlier pairing left belongs to another device.
    await held.forget().catch(() => undefined);
    await forgetKept();
    await keepKeys({ deviceId, deviceToken, serverName });
    onStep({ at: 'approved' });
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof Refused) keepClaim(undefined);
    onStep(failure(error, claimed !== undefined));
  }
}

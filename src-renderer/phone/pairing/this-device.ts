import type { Platform } from '#server/devices/devices.contract.ts';

export interface ThisDevice {
  readonly name: string;
  readonly platform: Platform;
}

interface ClientHints {
  getHighEntropyValues?(hints: readonly string[]): Promise<{ readonly model?: string }>;
}

/** What this device says it is. A browser does not know its owner's name for it; the manager gives that. */
export async function thisDevice(
  agent: Pick<Navigator, 'userAgent' | 'maxTouchPoints'> & { readonly userAgentData?: ClientHints } = navigator,
): Promise<ThisDevice> {
  const { userAgent } = agent;
  if (/iPhone|iPod/u.test(userAgent)) return { name: 'iPhone', platform: 'ios' };
  // An iPad calls itself a Mac, but a Mac has no touch screen.
  if (/iPad/u.test(userAgent) || (/Macintosh/u.test(userAgent) && agent.maxTouchPoints > 1)) return { name: 'iPad', platform: 'ios' };
  if (/Android/u.test(userAgent)) {
    const hints = await agent.userAgentData?.getHighEntropyValues?.(['model']).catch(() => undefined);
    return { name: hints?.model === undefined || hints.model === '' ? 'Android phone' : hints.model.slice(0, 60), platform: 'android' };
  }
  return { name: 'Browser on a computer', platform: 'other' };
}

import { isIPv6 } from 'node:net';
import type { AndroidAccount } from './enrolment.contract.ts';

/** Seconds between two syncs DAVx5 is told to keep; it takes 900 to 86,400. */
const syncEverySeconds = 3600;

/**
 * How an account gets into DAVx5 (manual, “Integration: launch DAVx5 from another app”). Its sign-in screen splits what
 * stands before `@` at the first colon, so neither name nor password may hold `: @ / % #`: ours are base 32 and a UUID.
 * The intent link (Chrome, “Android Intents”) opens DAVx5 by its package, and leads to `helpUrl` where it is missing.
 */
export function davx5Account(account: {
  readonly deviceId: string;
  readonly password: string;
  readonly hostName: string;
  readonly port: number;
  readonly helpUrl: string;
}): Pick<AndroidAccount, 'davx5Url' | 'intentUrl' | 'url' | 'managedConfiguration'> {
  const { deviceId, password, helpUrl } = account;
  const place = `${isIPv6(account.hostName) ? `[${account.hostName}]` : account.hostName}:${account.port}/dav/`;
  const extras = [
    'scheme=davx5',
    'package=at.bitfire.davdroid',
    `S.username=${deviceId}`,
    `S.password=${password}`,
    `S.browser_fallback_url=${encodeURIComponent(helpUrl)}`,
  ];
  return {
    url: `https://${place}`,
    davx5Url: `davx5://${deviceId}:${password}@${place}`,
    intentUrl: `intent://${place}#Intent;${extras.join(';')};end`,
    managedConfiguration: {
      login_base_url: `https://${place}`,
      login_user_name: deviceId,
      login_password: password,
      login_credentials_lock: true,
      preselect_collections: 1,
      default_sync_interval: syncEverySeconds,
    },
  };
}

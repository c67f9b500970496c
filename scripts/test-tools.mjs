// What the tests need beyond npm: a browser, and the tools to make a second host on this machine.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';

const systemChromium = '/usr/bin/chromium';
let isListFresh = false;

/** Installs Debian packages when this user may; false when it can't. */
function installPackages(/** @type {string[]} */ names) {
  const mayInstall = process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!mayInstall) return false;
  console.log(`Installing ${names.join(' and ')} with apt-get.`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!isListFresh) spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment });
  isListFresh = true;
  return (
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { stdio: ['ignore', 'ignore', 'inherit'], env: environment }).status ===
    0
  );
}

/** Playwright's own browser where it can be downloaded, else Debian's Chromium. Returns its path. */
export function bringBrowser() {
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  if (existsSync(systemChromium)) return systemChromium;
  console.log('No browser yet: trying Playwright’s own download.');
  const cli = path.join(import.meta.dirname, '../node_modules/playwright/cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium-headless-shell', 'chromium'], { stdio: 'ignore', timeout: 300_000 });
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log('That download is not to be had here.');
  if (installPackages(['chromium']) && existsSync(systemChromium)) return systemChromium;
  throw new Error('The tests need a browser: install Chromium (on Debian: apt-get install chromium), then run “npm test” again.');
}

/** `ip`, for the network namespace that plays the office network. */
export function bringNetworkTools() {
  if (spawnSync('ip', ['-V'], { stdio: 'ignore' }).status === 0) return;
  if (installPackages(['iproute2'])) return;
  console.warn('!!! “ip” (iproute2) is missing and can’t be installed here: the tests from a second host will fail and say so.');
}

/**
 * The real programs the server is tested with: each by the command it brings, with its Debian packages.
 * @type {readonly (readonly [command: string, packages: readonly string[], what: string])[]}
 */
const peers = [
  ['vdirsyncer', ['vdirsyncer'], 'a CardDAV client'],
  ['ldapsearch', ['ldap-utils'], 'an LDAP client'],
  ['kamailio', ['kamailio', 'kamailio-utils-modules', 'kamailio-extra-modules', 'kamailio-tls-modules'], 'a SIP proxy'],
  ['sipp', ['sip-tester'], 'telephones that call each other'],
  ['openssl', ['openssl'], 'a second opinion on signatures'],
];

function isInstalled(/** @type {string} */ command) {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.some((folder) => existsSync(path.join(folder, command)));
}

/** Real address-book clients, directory clients and telephones. Without one, the tests that need it fail and say so. */
export function bringPeers() {
  const missing = peers.filter(([command]) => !isInstalled(command));
  if (missing.length === 0) return;
  console.log(`The tests use ${missing.map(([command, , what]) => `${command} (${what})`).join(', ')}.`);
  if (installPackages(missing.flatMap(([, packages]) => packages))) return;
  const names = missing.flatMap(([, packages]) => packages).join(' ');
  console.warn(`!!! These can’t be installed here (on Debian: apt-get install ${names}): the tests that use them will fail and say so.`);
}

/** The address-book servers of others that benchmarks compare with. */
export function bringBenchPeers() {
  const missing = ['radicale', 'xandikos', 'git'].filter((command) => !isInstalled(command));
  if (missing.length === 0 || installPackages(missing)) return;
  throw new Error(`The benchmark compares with ${missing.join(' and ')}: install them (on Debian: apt-get install ${missing.join(' ')}), then run it again.`);
}

// `npm run dist`: the installers of the system it runs on. What follows goes to electron-builder.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const feed = process.env['DOORLINE_UPDATE_FEED'] ?? '';
if (!URL.canParse(feed) || new URL(feed).protocol !== 'https:') {
  console.error(
    `DOORLINE_UPDATE_FEED is ${feed === '' ? 'not set' : `“${feed}”`}: set it to the https address of the folder your updates are put into, such as https://updates.example.com/doorline. Whoever stands between could hand out another program over anything else.`,
  );
  process.exit(1);
}
// Debian's packages name a home page: the server the company gives its updates from.
const homepage = `--config.extraMetadata.homepage=${new URL(feed).origin}`;
const builder = [path.join(root, 'node_modules/electron-builder/cli.js'), homepage, ...process.argv.slice(2)];
for (const command of [[path.join(root, 'scripts/build.mjs')], builder]) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

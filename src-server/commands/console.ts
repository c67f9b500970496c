import { dataFolderOf, readFlags } from '../config/flags.ts';
import { makeConsoleLink } from '../console/console-links.service.ts';
import { AppError } from '../kernel/app-error.ts';
import { openDesk } from './open-desk.ts';
import type { Output } from './output.ts';

class NotRunning extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'not-running';

  constructor() {
    super('No server is running on this data folder. Start it with “npm start” or “npx doorline serve --data DIR”.');
  }
}

/** `doorline console`: a new one-time link to the console of the server that runs on the data folder. */
export async function run(args: readonly string[], out: Output): Promise<number> {
  const { values } = readFlags(args, { data: { type: 'string' } });
  const desk = await openDesk(dataFolderOf(values.data), { mustExist: true });
  try {
    if (!desk.isServerRunning) throw new NotRunning();
    const link = await makeConsoleLink(desk.ctx);
    out.result({ event: 'console-link', ...link }, `${link.url}\n(works once, within 15 minutes)`);
    return 0;
  } finally {
    await desk.close();
  }
}

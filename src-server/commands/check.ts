import { checkDesk, type Finding } from '../backups/check.service.ts';
import { dataFolderOf, readFlags } from '../config/flags.ts';
import { openDesk } from './open-desk.ts';
import type { Output } from './output.ts';

const names: Readonly<Record<Finding['part'], string>> = {
  database: 'Database',
  key: 'Key',
  attachments: 'Attachments',
  'audit-log': 'Audit log',
};

function inWords({ part, problems }: Finding): string {
  return problems.length === 0 ? `${names[part]}: sound` : [`${names[part]}: NOT sound`, ...problems.map((problem) => `  ${problem}`)].join('\n');
}

/** `doorline check`: looks through everything and changes nothing. Exit code 1 when something is wrong. */
export async function run(args: readonly string[], out: Output): Promise<number> {
  const { values } = readFlags(args, { data: { type: 'string' } });
  const desk = await openDesk(dataFolderOf(values.data), { mustExist: true, anyKey: true });
  try {
    const findings = await checkDesk(desk.ctx, out.progress);
    const isSound = findings.every(({ problems }) => problems.length === 0);
    out.result({ event: 'done', sound: isSound, findings }, findings.map(inWords).join('\n'));
    if (!isSound) out.warn('Something is wrong. Keep a copy of the data folder as it is, then restore the newest good backup.');
    return isSound ? 0 : 1;
  } finally {
    await desk.close();
  }
}

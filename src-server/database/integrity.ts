import { Worker } from 'node:worker_threads';

// Looking through a gigabyte takes seconds in which nothing else could run, so it happens on a thread of its own. The
// thread's program is text because the server is bundled into one file, from which a second entry could not be started.
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { createRequire } = require('node:module');
  const SQLite = createRequire(workerData.from)('better-sqlite3');
  const problems = [];
  try {
    const connection = new SQLite(workerData.file, { readonly: true, fileMustExist: true });
    for (const row of connection.pragma('integrity_check(20)')) if (row.integrity_check !== 'ok') problems.push(row.integrity_check);
    for (const row of connection.prepare('select "table", count(*) as rows from pragma_foreign_key_check group by 1').all())
      problems.push(row.rows + ' rows of ' + row.table + ' point to something that is not there');
    connection.close();
  } catch (error) {
    problems.push(error.message);
  }
  parentPort.postMessage(problems);
`;

/** Everything SQLite finds wrong with a database file: damaged pages, broken indexes, dangling references. Empty: it is sound. */
export function findDamage(file: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { eval: true, workerData: { file, from: import.meta.url } });
    worker.once('message', (problems: string[]) => resolve(problems));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The check ended early (code ${code}).`)));
  });
}

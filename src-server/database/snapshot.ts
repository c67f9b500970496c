import { openConnection } from './sqlite-connection.ts';

/** Pages copied before other work gets a turn: about a megabyte. */
const pagesATurn = 256;

/**
 * Copies the database as it is at this instant into `target`, while it goes on being written, also by other processes:
 * a read transaction of a connection of its own holds the instant, so that the copying never has to start again.
 */
export async function copyDatabase(source: string, target: string, onProgress: (done: number, total: number) => void = () => undefined): Promise<void> {
  const reader = openConnection(source, { readonly: true });
  try {
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM sqlite_master').get();
    let pages = 0;
    await reader.backup(target, {
      progress({ totalPages, remainingPages }) {
        pages = totalPages;
        onProgress(totalPages - remainingPages, totalPages);
        return pagesATurn;
      },
    });
    onProgress(pages, pages);
    reader.exec('COMMIT');
  } finally {
    reader.close();
  }
  settle(target);
}

/** Makes the copy one plain file: no write-ahead log beside it. */
function settle(file: string): void {
  const copy = openConnection(file);
  copy.pragma('journal_mode = DELETE');
  copy.close();
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { requireFittingKey } from '../certificates/certificates.service.ts';
import { openDataFolder } from '../config/open-data-folder.ts';
import { databaseFile, type Database } from '../database/connect.ts';
import { isDataLocked, takeDataLock } from '../database/data-lock.ts';
import { openCurrentDatabase, openDatabase, refuseLostDatabase } from '../database/open-database.ts';
import { AppError } from '../kernel/app-error.ts';
import { actingAs, systemActor, type Context } from '../kernel/context.ts';
import { createLog } from '../kernel/log.ts';
import { ensureOwner } from '../team/team.service.ts';
import { ensureTicketDefaults } from '../tickets/ticket-defaults.service.ts';

/** The folder holds no desk. */
export class NoDesk extends AppError {
  readonly kind = 'not-found';
  readonly code = 'no-desk';

  constructor(folder: string) {
    super(`There is no desk in “${path.resolve(folder)}”. Name the folder you start the server with: --data DIR.`);
  }
}

/** Another process works on the folder. */
export class DeskInUse extends AppError {
  readonly kind = 'conflict';
  readonly code = 'desk-in-use';

  constructor(folder: string) {
    super(`Doorline is running on “${path.resolve(folder)}”. Stop it first, then try again.`);
  }
}

/** A data folder opened by a command, beside a running server or alone. */
export interface Desk {
  /** Acts as the owner: who may read the data folder is the manager. */
  readonly ctx: Context;
  readonly database: Database;
  readonly isServerRunning: boolean;
  close(): Promise<void>;
}

export interface OpenDeskOptions {
  /** Refuse a folder without a desk instead of making one. */
  readonly mustExist?: boolean;
  /** Refuse while a server runs, and keep others out until closed. */
  readonly alone?: boolean;
  /** Work also where the folder's key does not open the desk's secrets. */
  readonly anyKey?: boolean;
}

/**
 * Opens the data folder for a command. While a server runs it may work beside it, but only on the very same data
 * version; only without one is an older database brought up to date.
 * @throws NoDesk, DeskInUse, NewerDatabase, OlderDatabase, DamagedDatabase, UnusableDataFolder, UnusableLock, LostKey
 */
export async function openDesk(dataFolder: string, { mustExist = false, alone = false, anyKey = false }: OpenDeskOptions = {}): Promise<Desk> {
  const file = databaseFile(path.resolve(dataFolder));
  if (mustExist && !existsSync(file)) throw new NoDesk(dataFolder);
  const folder = openDataFolder(dataFolder);
  refuseLostDatabase(folder);
  const isServerRunning = isDataLocked(folder.root);
  const lock = isServerRunning ? undefined : takeDataLock(folder.root);
  if (lock === undefined && alone) throw new DeskInUse(dataFolder);

  let database: Database;
  try {
    database = lock === undefined ? openCurrentDatabase(file) : await openDatabase(file);
  } catch (error) {
    lock?.release();
    throw error;
  }
  // A server may start while the command works, unless the command must be alone.
  if (!alone) lock?.release();

  const ctx: Context = {
    db: database.db,
    hot: database.hot,
    actor: systemActor,
    now: () => new Date(),
    log: createLog({ level: 'silent' }),
    folder,
  };
  try {
    if (!anyKey) await requireFittingKey(ctx);
  } catch (error) {
    await database.close();
    if (alone) lock?.release();
    throw error;
  }
  const owner = await ensureOwner(ctx);
  if (lock !== undefined) await ensureTicketDefaults(ctx);
  return {
    ctx: actingAs(ctx, { kind: 'agent', id: owner.id, name: owner.name }),
    database,
    isServerRunning: lock === undefined,
    async close() {
      await database.close();
      if (alone) lock?.release();
    },
  };
}

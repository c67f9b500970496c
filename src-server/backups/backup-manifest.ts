import { z } from 'zod';

/** The last entry of a backup: what is in it, so that a single changed byte is noticed. */
export const BackupManifest = z.object({
  format: z.number().int(),
  doorlineVersion: z.string(),
  databaseVersion: z.number().int().min(1),
  createdAt: z.iso.datetime(),
  files: z.array(z.object({ path: z.string(), byteSize: z.number().int().min(0), sha256: z.string().regex(/^[\da-f]{64}$/u) })),
  /** Attachments whose file was gone or damaged when the backup was made. */
  missing: z.array(z.string()),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

/** 1: database, key, attachments. 2: also the files of imports. */
export const backupFormat = 2;
export const manifestName = 'manifest.json';
export const databaseName = 'doorline.sqlite';
export const keyName = 'secret.key';
export const attachmentFolder = 'attachments';
export const importFolder = 'imports';

export function isAttachmentPath(name: string): boolean {
  return name.startsWith(`${attachmentFolder}/`);
}

/** The only names a backup may hold; nothing that could lead out of the folder it is unpacked into. */
export function isBackupPath(name: string): boolean {
  return name === databaseName || name === keyName || /^(?:attachments|imports)\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}$/u.test(name);
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from './app-error.ts';

/** The key that opens the desk's secrets is gone, damaged or another desk's. Nothing was changed. */
export class LostKey extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'lost-key';

  constructor(what: string) {
    super(
      `${what}, so the certificates and passwords in this desk’s data can’t be opened. Put back the secret.key that belongs to it, or restore a backup, which holds it. If it is lost for good, start once with --new-key: phones must then be paired again, and the mail password typed again.`,
    );
  }
}

/** Seals secrets that must be read back, such as a mail password or a private key: AES-256-GCM, a fresh nonce each time. */
export interface Vault {
  seal(plain: string): string;
  /** @throws when the text was sealed with another key or changed. */
  open(sealed: string): string;
}

/** The one folder that holds everything. Copying it while the server is stopped moves the desk. */
export interface DataFolder {
  readonly root: string;
  readonly attachments: string;
  readonly imports: string;
  readonly backups: string;
  readonly logs: string;
  readonly vault: Vault;
}

/** A vault with a key of 32 bytes. */
export function createVault(key: Buffer): Vault {
  return {
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.replace(/^v1\./u, ''), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}

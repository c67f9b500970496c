import { databaseOf } from './database.ts';

/**
 * What the desk gave this phone: its contacts, what it answered last, and how far both go. It is gone with the database
 * when the phone is revoked or wiped, or did not reach the desk for too long.
 */
export const held = databaseOf({
  name: 'doorline',
  version: 2,
  upgrade(database, oldVersion) {
    if (oldVersion < 1) {
      database.createObjectStore('directory', { keyPath: 'digits' });
      database.createObjectStore('meta');
    }
    database.createObjectStore('answers', { keyPath: 'path' }).createIndex('by-time', 'at');
  },
});

import { contextOf, type Routes } from '../http/scopes.ts';
import { Backup, BackupPage } from './backups.contract.ts';
import { listBackups, type Backups } from './backups.service.ts';

export function backupRoutes(backups: Backups): Routes {
  return (app) => {
    app.get('/backups', { schema: { response: { 200: BackupPage } } }, (request) => listBackups(contextOf(request)));
    app.post('/backups', { schema: { response: { 201: Backup } } }, async (request, reply) => {
      const backup = await backups.make(contextOf(request));
      await reply.status(201).send(backup);
    });
  };
}

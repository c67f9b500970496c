import { AuditPage } from '#server/audit/audit.contract.ts';
import { pagedList } from './pages.ts';

export function auditQuery(query: { readonly action?: string; readonly target?: string } = {}) {
  return pagedList({ key: ['audit'], path: '/audit', page: AuditPage, query });
}

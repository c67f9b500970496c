import { CallReport } from '#server/call-reports/call-reports.contract.ts';
import { get } from './client.ts';

export interface ReportRange {
  readonly from: string;
  readonly to: string;
  readonly agentId?: string;
}

export function callReportQuery(range: ReportRange) {
  const parameters = new URLSearchParams({ from: range.from, to: range.to, ...(range.agentId === undefined ? {} : { agentId: range.agentId }) });
  return {
    queryKey: ['calls', 'report', range],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => get(`/call-report?${parameters.toString()}`, CallReport, { signal }),
  };
}

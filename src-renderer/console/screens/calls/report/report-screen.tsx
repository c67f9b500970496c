import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CallReport } from '#server/call-reports/call-reports.contract.ts';
import { callReportQuery } from '../../../../api/call-reports.ts';
import { agentsQuery } from '../../../../api/team.ts';
import { Loaded } from '../../../../ui/loaded.tsx';
import { QuietSelect } from '../../../../ui/quiet-select.tsx';
import { EmptyState, TextSkeleton } from '../../../../ui/states.tsx';
import { CallsFrame } from '../calls-frame.tsx';
import { CallsChart, CallsLegend } from './calls-chart.tsx';
import { HoursMap } from './hours-map.tsx';
import { bucketsOf, rangeOf, ranges, readReportSearch } from './report-range.ts';
import { AgentsTable, CallersTable, OutcomesList } from './report-tables.tsx';
import { ReportTiles } from './report-tiles.tsx';
import styles from './report.module.css';

const everybody = { value: '', label: 'Everybody' };

/** What the calls of some days add up to. */
export function ReportScreen() {
  const search = readReportSearch({ ...useSearch({ strict: false }) });
  const navigate = useNavigate();
  const agents = useQuery(agentsQuery);
  const days = search.days ?? '28';
  const query = useQuery(callReportQuery({ ...rangeOf(Number(days)), ...(search.agent === undefined ? {} : { agentId: search.agent }) }));
  const choose = (change: { days?: string; agent?: string }): void =>
    void navigate({ to: '/calls/report', search: readReportSearch({ ...search, ...change }), replace: true });
  return (
    <CallsFrame>
      <div className={styles.scroller}>
        <div className={styles.choices}>
          <QuietSelect isPlainToSee label="Days" value={days} choices={ranges} onChange={(value) => choose({ days: value })} />
          <QuietSelect
            isPlainToSee
            label="Agent"
            value={search.agent ?? ''}
            choices={[everybody, ...(agents.data ?? []).map((agent) => ({ value: agent.id, label: agent.name }))]}
            onChange={(value) => choose({ agent: value })}
          />
        </div>
        <Loaded query={query} failed="The report could not be read" skeleton={<TextSkeleton lines={8} />}>
          {(report) => <Report report={report} />}
        </Loaded>
      </div>
    </CallsFrame>
  );
}

function Report({ report }: { readonly report: CallReport }) {
  const { totals, before } = report;
  if (totals.inbound + totals.outbound + before.inbound + before.outbound === 0) {
    return (
      <EmptyState icon={ChartColumn} title="No calls in these days">
        Calls come from paired phones and from the telephone system. Here you will see how many were answered, when people call and who waited for an answer.
      </EmptyState>
    );
  }
  const buckets = bucketsOf(report.days);
  return (
    <div className={styles.report}>
      {report.isComplete ? null : <output className={styles.notice}>Older days are still being counted. The numbers grow until that is done.</output>}
      <ReportTiles totals={totals} before={before} />
      <Panel title={report.days.length === buckets.length ? 'Calls by day' : 'Calls by week'} aside={<CallsLegend buckets={buckets} />}>
        <CallsChart buckets={buckets} />
      </Panel>
      <div className={styles.columns}>
        <Panel title="When people call">
          {report.hours.length === 0 ? <p className={styles.nothing}>Nobody called in these days.</p> : <HoursMap hours={report.hours} />}
        </Panel>
        <Panel title="How calls went">
          {report.outcomes.length === 0 ? (
            <p className={styles.nothing}>No outcome was noted. The phone page asks for it after a call.</p>
          ) : (
            <OutcomesList outcomes={report.outcomes} />
          )}
        </Panel>
      </div>
      <div className={styles.columns}>
        <Panel title="By agent">
          <AgentsTable agents={report.agents} />
        </Panel>
        <Panel title="Who called most">
          {report.callers.length === 0 ? <p className={styles.nothing}>No known contact or company called.</p> : <CallersTable callers={report.callers} />}
        </Panel>
      </div>
    </div>
  );
}

function Panel({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.panelHead}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

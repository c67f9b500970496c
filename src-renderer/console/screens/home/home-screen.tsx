import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import type { DeskStatus } from '#server/insights/insights.contract.ts';
import { openOutside } from '../../../api/desktop.ts';
import { setupQuery } from '../../../api/setup.ts';
import { statusQuery } from '../../../api/status.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { isFirstRun } from '../setup/first-run.ts';
import { Attention } from './attention.tsx';
import styles from './home.module.css';
import { Numbers } from './numbers.tsx';
import { SystemList } from './system-list.tsx';
import { TicketsChart } from './tickets-chart.tsx';

/** The state of everything: what needs a hand first, then the day in numbers, then what is well. */
export function HomeScreen() {
  const setup = useQuery(setupQuery);
  const status = useQuery(statusQuery);
  if (setup.data !== undefined && isFirstRun(setup.data)) return <Navigate to="/setup" replace />;
  return (
    <Page>
      <PageHeader title={homeTitle(status.data)} actions={<PortalButton status={status.data} />} />
      <PageBody width="wide">
        <Loaded query={status} failed="The state of the desk could not be read" skeleton={<HomeSkeleton />}>
          {(data) => (
            <div className={styles.home}>
              <Attention status={data} />
              <Numbers counts={data.counts} />
              <div className={styles.columns}>
                <TicketsChart days={data.ticketsByDay} />
                <SystemList parts={data.parts} version={data.version} />
              </div>
            </div>
          )}
        </Loaded>
      </PageBody>
    </Page>
  );
}

function homeTitle(status: DeskStatus | undefined): string {
  return status === undefined || status.companyName === '' ? 'Home' : status.companyName;
}

function PortalButton({ status }: { readonly status: DeskStatus | undefined }) {
  if (status === undefined) return null;
  if (!status.isSetUp) {
    return (
      <Button component={Link} to="/setup" variant="filled">
        Continue setting up
      </Button>
    );
  }
  const { portalUrl } = status;
  if (portalUrl === null) return null;
  return (
    <Button leftSection={<ExternalLink size={15} aria-hidden="true" />} onClick={() => openOutside(portalUrl)}>
      View portal
    </Button>
  );
}

function HomeSkeleton() {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output holds no blocks, and these are.
    <div className={styles.home} role="status" aria-label="Loading">
      <Skeleton height={64} radius="md" />
      <div className={styles.numbers}>
        {Array.from({ length: 5 }, (_, tile) => (
          <Skeleton key={tile} height={86} radius="md" />
        ))}
      </div>
      <div className={styles.columns}>
        <Skeleton height={286} radius="md" />
        <Skeleton height={286} radius="md" />
      </div>
    </div>
  );
}

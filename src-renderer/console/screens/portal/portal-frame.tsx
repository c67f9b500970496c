import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { tabClass, TabbedPage, tabHere } from '../../../ui/tabbed-page.tsx';

interface PortalFrameProps {
  readonly actions?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

const tabs = [
  { to: '/portal', label: 'Settings' },
  { to: '/portal/members', label: 'Members' },
  { to: '/portal/pipelines', label: 'Pipelines and inboxes' },
] as const;

/** The frame of everything about the customer portal. */
export function PortalFrame({ actions, tools, children }: PortalFrameProps) {
  return (
    <TabbedPage
      title="Portal"
      tools={tools}
      actions={actions}
      tabs={tabs.map(({ to, label }) => (
        <Link key={to} to={to} className={tabClass} activeOptions={{ exact: true, includeSearch: false }} activeProps={{ className: tabHere }}>
          {label}
        </Link>
      ))}
    >
      {children}
    </TabbedPage>
  );
}

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { tabClass, TabbedPage, tabHere } from '../../../ui/tabbed-page.tsx';
import { ButtonLink } from '../../shell/links.tsx';

const active = { className: tabHere };

/** The frame of the call log and of what is to be done after calls. */
export function CallsFrame({ tools, children }: { readonly tools?: ReactNode; readonly children: ReactNode }) {
  return (
    <TabbedPage
      title="Calls"
      tools={tools}
      actions={<ButtonLink to="/people/simulate">Simulate a call</ButtonLink>}
      tabs={
        <>
          <Link to="/calls" search={{}} className={tabClass} activeOptions={{ exact: true, includeSearch: true }} activeProps={active}>
            All
          </Link>
          <Link to="/calls" search={{ missed: true }} className={tabClass} activeOptions={{ exact: true, includeSearch: true }} activeProps={active}>
            Missed
          </Link>
          <Link to="/calls/tasks" className={tabClass} activeOptions={{ exact: true }} activeProps={active}>
            To do
          </Link>
          <Link to="/calls/report" search={{}} className={tabClass} activeOptions={{ exact: true, includeSearch: false }} activeProps={active}>
            Report
          </Link>
        </>
      }
    >
      {children}
    </TabbedPage>
  );
}

import { ActionIcon, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis, PencilLine, PhoneIncoming, PhoneOff, SlidersHorizontal, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { statusQuery } from '../../../api/status.ts';
import { suggestedEditsCount } from '../../../api/suggested-edits.ts';
import { tabClass, TabbedPage, tabHere } from '../../../ui/tabbed-page.tsx';

interface PeopleFrameProps {
  /** What one does on this tab: "Add a contact". */
  readonly actions: ReactNode;
  /** Below the tabs: the search, the count. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

const tabs = [
  { to: '/people', label: 'Contacts' },
  { to: '/people/companies', label: 'Companies' },
  { to: '/people/deals', label: 'Deals' },
  { to: '/people/lists', label: 'Lists' },
] as const;

/** The frame of the four tabs of People. */
export function PeopleFrame({ actions, tools, children }: PeopleFrameProps) {
  return (
    <TabbedPage
      title="People"
      tools={tools}
      actions={
        <>
          <MoreMenu />
          {actions}
        </>
      }
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

function MoreMenu() {
  const navigate = useNavigate();
  const status = useQuery(statusQuery);
  const suggested = useQuery(suggestedEditsCount).data ?? 0;
  const unreadable = status.data?.counts.unreadableNumbers ?? 0;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label="More to do with people" variant="default" size={34}>
          <Ellipsis size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Upload size={15} aria-hidden="true" />} onClick={() => void navigate({ to: '/imports' })}>
          Import
        </Menu.Item>
        <Menu.Item leftSection={<PhoneIncoming size={15} aria-hidden="true" />} onClick={() => void navigate({ to: '/people/simulate' })}>
          Simulate a call
        </Menu.Item>
        <Menu.Item
          leftSection={<PhoneOff size={15} aria-hidden="true" />}
          rightSection={unreadable === 0 ? null : unreadable.toLocaleString('en')}
          onClick={() => void navigate({ to: '/people/numbers' })}
        >
          Numbers that can’t be read
        </Menu.Item>
        <Menu.Item
          leftSection={<PencilLine size={15} aria-hidden="true" />}
          rightSection={suggested === 0 ? null : suggested.toLocaleString('en')}
          onClick={() => void navigate({ to: '/people/suggested-edits' })}
        >
          Suggested edits
        </Menu.Item>
        <Menu.Item leftSection={<SlidersHorizontal size={15} aria-hidden="true" />} onClick={() => void navigate({ to: '/people/properties' })}>
          Properties
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

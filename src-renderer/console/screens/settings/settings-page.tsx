import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';

interface SettingsPageProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly width?: 'narrow' | 'wide' | 'full';
  readonly children: ReactNode;
}

/** One page of the settings; on a phone with the way back to the list of them. */
export function SettingsPage({ title, actions, width = 'narrow', children }: SettingsPageProps) {
  return (
    <Page>
      <PageHeader
        title={title}
        actions={actions}
        back={
          <Link to="/settings" aria-label="Back to settings">
            <ChevronLeft size={18} aria-hidden="true" />
          </Link>
        }
      />
      <PageBody width={width}>{children}</PageBody>
    </Page>
  );
}

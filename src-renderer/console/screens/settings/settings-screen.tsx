import { Page, PageHeader } from '../../../ui/page.tsx';

export function SettingsScreen() {
  return (
    <Page>
      <PageHeader title="Settings" />
    </Page>
  );
}

import { Page, PageHeader } from '../../../ui/page.tsx';

export function SetupScreen() {
  return (
    <Page>
      <PageHeader title="Set-up" />
    </Page>
  );
}

import { Page, PageHeader } from '../../../ui/page.tsx';

export function HomeScreen() {
  return (
    <Page>
      <PageHeader title="Home" />
    </Page>
  );
}

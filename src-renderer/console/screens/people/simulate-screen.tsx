import { getRouteApi } from '@tanstack/react-router';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { SimulateCall } from './simulate-call.tsx';

const route = getRouteApi('/people/simulate');

/** What the team's phones would show for a number, and why. */
export function SimulateScreen() {
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page>
      <PageHeader title="Simulate a call" />
      <PageBody width="wide">
        <SimulateCall number={search ?? ''} onNumber={(number) => void navigate({ to: '.', search: { search: number }, replace: true })} />
      </PageBody>
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { PbxSource } from '#server/pbx/pbx.contract.ts';
import { pbxRequestsQuery } from '../../../api/pbx.ts';
import { CheckList, type CheckLine } from '../../../ui/check-list.tsx';
import { exactTime } from '../../../ui/time.ts';

const asksEvery = 2000;

/** Whether the system itself was heard of: what the self-test asked does not count, that was this PC. */
export function FirstRequest({ source }: { readonly source: PbxSource }) {
  const requests = useQuery({ ...pbxRequestsQuery(source.id), refetchInterval: asksEvery });
  const last = requests.data?.find((request) => !request.what.startsWith('Self-test'));
  const line: CheckLine =
    last === undefined
      ? { key: 'first', state: 'running', message: 'Waiting for the first request from the system' }
      : { key: 'first', state: 'ok', message: `Heard from ${last.ip}, ${exactTime(last.at)}. ${last.note ?? ''}` };
  return <CheckList label="First request" lines={[line]} />;
}

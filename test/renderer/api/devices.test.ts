import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { devicesQuery } from '#renderer/api/devices.ts';
import { aDevice } from '#test/support/console-builders.ts';
import { fakeServer, givenKey } from '#test/support/fake-server.ts';

test('where one phone is chosen, all are offered, however many pages they fill', async () => {
  givenKey();
  const requests = fakeServer(({ query }) =>
    query['cursor'] === 'second' ? { items: [aDevice({ id: 'device-201' })], nextCursor: null } : { items: [aDevice()], nextCursor: 'second' },
  );

  const phones = await new QueryClient().fetchQuery(devicesQuery);

  expect(phones.map(({ id }) => id)).toEqual(['device-1', 'device-201']);
  expect(requests).toHaveLength(2);
});

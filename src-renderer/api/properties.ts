import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { Property, type PropertyInput } from '#server/people/people.contract.ts';
import { call, get } from './client.ts';

export function propertiesQuery(object: Property['object']) {
  return queryOptions({
    queryKey: ['properties', object],
    queryFn: async ({ signal }) => (await get('/properties', z.object({ items: z.array(Property) }), { query: { object }, signal })).items,
  });
}

export function addProperty(input: z.input<typeof PropertyInput>): Promise<Property> {
  return call({ method: 'POST', path: '/properties', body: input, answer: Property });
}

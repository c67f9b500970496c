import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { Property, PropertyPage, type PropertyInput, type PropertyPatch } from '#server/people/people.contract.ts';
import { call, get, nothing } from './client.ts';

export function propertiesQuery(object: Property['object']) {
  return queryOptions({
    queryKey: ['properties', object],
    queryFn: async ({ signal }) => (await get('/properties', PropertyPage, { query: { object }, signal })).items,
  });
}

export function addProperty(input: z.input<typeof PropertyInput>): Promise<Property> {
  return call({ method: 'POST', path: '/properties', body: input, answer: Property });
}

export function changeProperty(id: string, patch: z.input<typeof PropertyPatch>): Promise<Property> {
  return call({ method: 'PATCH', path: `/properties/${id}`, body: patch, answer: Property });
}

export function removeProperty(id: string): Promise<undefined> {
  return call({ method: 'DELETE', path: `/properties/${id}`, answer: nothing });
}

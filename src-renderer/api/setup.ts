import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { CompanySettings, SetupState, type CompanyInput, type SetupStep } from '#server/setup/setup.contract.ts';
import { call, get } from './client.ts';

export const setupQuery = queryOptions({ queryKey: ['setup'], queryFn: ({ signal }) => get('/setup', SetupState, { signal }) });
export const companySettingsQuery = queryOptions({
  queryKey: ['settings', 'company'],
  queryFn: ({ signal }) => get('/settings/company', CompanySettings, { signal }),
});

export function goToStep(currentStep: SetupStep): Promise<SetupState> {
  return call({ method: 'PUT', path: '/setup/step', body: { currentStep }, answer: SetupState });
}

export function finishSetup(): Promise<SetupState> {
  return call({ method: 'POST', path: '/setup/finish', answer: SetupState });
}

export function saveCompany(input: z.input<typeof CompanyInput>): Promise<CompanySettings> {
  return call({ method: 'PUT', path: '/settings/company', body: input, answer: CompanySettings });
}

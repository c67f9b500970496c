import { defineSettings } from '../settings/settings.service.ts';
import { CompanySettings } from './setup.contract.ts';

/** Who runs this desk, and the country its short numbers belong to. */
export const companySettings = defineSettings('company', CompanySettings);

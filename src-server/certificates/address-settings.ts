import { defineSettings } from '../settings/settings.service.ts';
import { AddressSettings } from './certificates.contract.ts';

/** The name under which customers and phones reach this PC. */
export const addressSettings = defineSettings('address', AddressSettings);

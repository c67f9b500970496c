import { defineSettings } from '../settings/settings.service.ts';
import { PortalSettings } from './portal.contract.ts';

/** What an admin decides about the portal. Features below the portal may read it. */
export const portalSettings = defineSettings('portal', PortalSettings);

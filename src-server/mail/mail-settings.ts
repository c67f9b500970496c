import { z } from 'zod';
import { defineSettings } from '../settings/settings.service.ts';
import { MailSettingsInput } from './mail.contract.ts';

/** As stored: the password sealed, and no settings at all until the first ones are saved. */
export const storedMail = defineSettings(
  'mail',
  z.object({ smtp: MailSettingsInput.omit({ password: true }).extend({ sealedPassword: z.string() }).nullable().default(null) }),
);

import type { Job } from '../kernel/jobs.ts';
import { refreshAddress } from './address.service.ts';
import type { TlsMaterial } from './certificates.service.ts';

/** Renews the certificate when it is due or this PC's addresses changed, and hands it to whoever serves with it. */
export function keepCertificateJob(use: (material: TlsMaterial) => Promise<void>): Job {
  return {
    name: 'keep-certificate',
    everySeconds: 60,
    async run(ctx) {
      await use(await refreshAddress(ctx));
    },
  };
}

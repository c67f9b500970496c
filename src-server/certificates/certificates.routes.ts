import { isIP } from 'node:net';
import { contextOf, type Routes } from '../http/scopes.ts';
import { readForm, withForms } from '../http/uploads.ts';
import { NotFound } from '../kernel/app-error.ts';
import { changeAddress, getAddress, portalAddress, refreshAddress } from './address.service.ts';
import { AddressSettings, AddressState } from './certificates.contract.ts';
import { authorityCertificate, renewCertificate, useUploadedCertificate, type TlsMaterial } from './certificates.service.ts';
import { readUploadedCertificate } from './read-upload.ts';

const largestFile = 512 * 1024;

/** Address and certificate. `use` swaps the certificate the LAN plane serves with, at once and without a restart. */
export function certificateRoutes(use: (material: TlsMaterial) => Promise<void>): Routes {
  return (app) => {
    app.get('/address', { schema: { response: { 200: AddressState } } }, (request) => getAddress(contextOf(request)));

    app.put('/address', { schema: { body: AddressSettings, response: { 200: AddressState } } }, async (request) => {
      const ctx = contextOf(request);
      await changeAddress(ctx, request.body);
      await use(await refreshAddress(ctx));
      return getAddress(ctx);
    });

    withForms(app, (forms) => {
      forms.post('/certificate/upload', { schema: { response: { 200: AddressState } } }, async (request) => {
        const ctx = contextOf(request);
        const { files, fields } = await readForm(request, { fileNames: ['certificate', 'chain', 'privateKey', 'pfx'], maxFileBytes: largestFile });
        const { hostName } = await portalAddress(ctx);
        const password = fields['password'];
        await useUploadedCertificate(
          ctx,
          readUploadedCertificate({ ...files, ...(password === undefined ? {} : { password }) }, { hostName, isAddress: isIP(hostName) !== 0, now: ctx.now() }),
        );
        await use(await refreshAddress(ctx));
        return getAddress(ctx);
      });
    });

    app.post('/certificate/renew', { schema: { response: { 200: AddressState } } }, async (request) => {
      const ctx = contextOf(request);
      await renewCertificate(ctx);
      await use(await refreshAddress(ctx));
      return getAddress(ctx);
    });

    app.get('/certificate/authority', { schema: { hide: true } }, async (request, reply) => {
      const pem = await authorityCertificate(contextOf(request));
      if (pem === undefined) throw new NotFound('A certificate authority of this desk');
      await reply.type('application/x-pem-file').header('content-disposition', 'attachment; filename="doorline-authority.pem"').send(pem);
    });
  };
}

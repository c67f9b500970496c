import { queryOptions } from '@tanstack/react-query';
import { AddressState } from '#server/certificates/certificates.contract.ts';
import { call, get, saveFile } from './client.ts';

export const addressQuery = queryOptions({ queryKey: ['address'], queryFn: ({ signal }) => get('/address', AddressState, { signal }) });

export function changeAddress(input: { hostName: string }): Promise<AddressState> {
  return call({ method: 'PUT', path: '/address', body: input, answer: AddressState });
}

export interface CertificateUpload {
  /** PEM; one file may hold certificate, chain and key. */
  readonly certificate?: File | undefined;
  readonly chain?: File | undefined;
  readonly privateKey?: File | undefined;
  /** PKCS#12, instead of the others. */
  readonly pfx?: File | undefined;
  readonly password: string;
}

export function uploadCertificate({ password, ...files }: CertificateUpload): Promise<AddressState> {
  const form = new FormData();
  form.append('password', password);
  for (const [name, file] of Object.entries(files)) if (file !== undefined) form.append(name, file, file.name);
  return call({ method: 'POST', path: '/certificate/upload', body: form, answer: AddressState });
}

/** Makes a fresh certificate from this desk's own authority, in place of an uploaded one too. */
export function renewCertificate(): Promise<AddressState> {
  return call({ method: 'POST', path: '/certificate/renew', answer: AddressState });
}

/** The certificate of this desk's own authority, for the devices that should trust it. */
export function saveAuthority(): Promise<void> {
  return saveFile('/certificate/authority', 'doorline-authority.pem');
}

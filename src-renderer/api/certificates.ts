import { queryOptions } from '@tanstack/react-query';
import { AddressState } from '#server/certificates/certificates.contract.ts';
import { call, get, saveFile } from './client.ts';

export const addressQuery = queryOptions({ queryKey: ['address'], queryFn: ({ signal }) => get('/address', AddressState, { signal }) });

export function changeAddress(input: { hostName: string }): Promise<AddressState> {
  return call({ method: 'PUT', path: '/address', body: input, answer: AddressState });
}

/** PEM (certificate, chain and key in one or two files) or PKCS#12. */
export function uploadCertificate(input: { files: readonly File[]; passphrase: string }): Promise<AddressState> {
  const form = new FormData();
  // The server reads fields before files as they arrive.
  form.append('passphrase', input.passphrase);
  for (const file of input.files) form.append('file', file, file.name);
  return call({ method: 'POST', path: '/certificate', body: form, answer: AddressState });
}

/** Goes back to a certificate from this desk's own authority. */
export function useLocalCertificate(): Promise<AddressState> {
  return call({ method: 'POST', path: '/certificate/local', answer: AddressState });
}

export function saveAuthority(): Promise<void> {
  return saveFile('/certificate/authority.pem', 'doorline-authority.pem');
}

/** A certificate somebody else issued, checked and ready to be served. */
export interface UploadedCertificate {
  readonly certificatePem: string;
  readonly chainPem: string;
  readonly privateKeyPem: string;
  readonly names: readonly string[];
}

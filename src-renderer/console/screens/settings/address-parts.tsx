import type { AddressState } from '#server/certificates/certificates.contract.ts';
import { CheckList } from '../../../ui/check-list.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { CopyLine } from '../../../ui/copy-line.tsx';
import { KeyValue } from '../../../ui/key-value.tsx';
import { dayOf } from '../../../ui/time.ts';
import styles from './address.module.css';

/** Whether customers and phones get through, checked by the server just now. */
export function AddressChecks({ state, isChecking }: { readonly state: AddressState; readonly isChecking: boolean }) {
  return <CheckList label="Live checks" lines={state.checks.map(({ check, ok, message }) => ({ key: check, state: checkState(ok, isChecking), message }))} />;
}

/** Every address by which the desk can be reached. */
export function AddressList({ addresses }: { readonly addresses: AddressState['addresses'] }) {
  if (addresses.length === 0)
    return <p className={styles.quiet}>This PC has no address on a network now. Connect it to the office network; the list fills by itself.</p>;
  return (
    <div className={styles.lines}>
      {addresses.map(({ url, kind, isCovered }) => (
        <CopyLine
          key={url}
          value={url}
          what="the address"
          aside={
            <>
              <Chip>{kind === 'name' ? 'name' : 'address'}</Chip>
              {isCovered ? <Chip tone="on">certificate fits</Chip> : <Chip tone="warn">certificate does not fit</Chip>}
            </>
          }
        />
      ))}
    </div>
  );
}

/** The certificate in short, with the fingerprints one compares on a phone. */
export function CertificateSummary({ state }: { readonly state: AddressState }) {
  const { certificate, authorityFingerprint } = state;
  const isLocal = certificate.origin === 'local';
  const days = certificate.daysLeft.toLocaleString('en');
  return (
    <div className={styles.certificate}>
      <KeyValue
        labelWidth={110}
        rows={[
          ['Made by', isLocal ? 'Doorline’s own authority, renewed by itself' : 'Uploaded by you'],
          ['Valid for', certificate.names.join(', ')],
          ['Valid until', certificate.daysLeft < 0 ? 'It has ended' : `${dayOf(certificate.notAfter)}, ${days} more days`],
        ]}
      />
      <div className={styles.lines}>
        <Labelled label="Fingerprint of the certificate (SHA-256)">
          <CopyLine value={certificate.fingerprint} what="the fingerprint of the certificate" isWrapped />
        </Labelled>
        {authorityFingerprint === null ? null : (
          <Labelled label="Fingerprint of Doorline’s authority (SHA-256), which a phone shows when it is asked to trust it">
            <CopyLine value={authorityFingerprint} what="the fingerprint of the authority" isWrapped />
          </Labelled>
        )}
      </div>
    </div>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <p className={styles.quiet}>{label}</p>
      {children}
    </div>
  );
}

function checkState(ok: boolean, isChecking: boolean): 'ok' | 'failed' | 'running' {
  if (ok) return 'ok';
  return isChecking ? 'running' : 'failed';
}

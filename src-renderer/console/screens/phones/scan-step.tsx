import { Button } from '@mantine/core';
import { ScanLine } from 'lucide-react';
import type { Pairing, PairingStarted } from '#server/devices/devices.contract.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Fingerprint } from '../../../ui/fingerprint.tsx';
import { Card } from '../../../ui/page.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { codeInGroups, minutesLeft, phoneKind } from './phone-words.ts';
import styles from './scan-step.module.css';
import { StartProblem } from './start-problem.tsx';
import type { PairingModel } from './use-pairing.ts';
import { useNow } from '../../../ui/use-now.ts';

/** The code to scan, then the question whether both show the same digits. */
export function ScanStep({ model }: { readonly model: PairingModel }) {
  const { link, pairing } = model;
  const isOver = pairing !== undefined && (pairing.state === 'expired' || pairing.state === 'cancelled' || pairing.state === 'declined');
  return (
    <div className={styles.stack}>
      <StartProblem model={model} />
      {link === undefined || isOver ? <NoCode model={model} /> : <CodeToScan link={link} isUsed={pairing !== undefined && pairing.state !== 'open'} />}
      {pairing === undefined ? null : <Claim model={model} pairing={pairing} />}
    </div>
  );
}

function CodeToScan({ link, isUsed }: { readonly link: PairingStarted; readonly isUsed: boolean }) {
  return (
    <>
      <Code link={link} isUsed={isUsed} />
      {isUsed || link.authorityFingerprint === null ? null : <CertificateToCompare fingerprint={link.authorityFingerprint} />}
    </>
  );
}

/** The only way to tell that nobody changed the page on which the phone fetches the certificate: that came over plain HTTP. */
function CertificateToCompare({ fingerprint }: { readonly fingerprint: string }) {
  return (
    <section className={styles.certificate} aria-labelledby="certificate-to-compare">
      <p id="certificate-to-compare">
        <strong>The phone installs a certificate first.</strong> While it does, it shows this fingerprint (SHA-256). If it shows another one, stop.
      </p>
      <Fingerprint value={fingerprint} label="Fingerprint of the certificate" />
    </section>
  );
}

function Code({ link, isUsed }: { readonly link: PairingStarted; readonly isUsed: boolean }) {
  const now = useNow();
  return (
    <div className={styles.code} data-used={isUsed || undefined}>
      <img
        className={styles.qr}
        src={`data:image/svg+xml,${encodeURIComponent(link.qrSvg)}`}
        alt="Code to scan with the phone’s camera"
        width={248}
        height={248}
      />
      <div className={styles.beside}>
        <strong>No camera?</strong>
        <span className={styles.quiet}>Type on the phone:</span>
        <bdi dir="ltr" className={styles.address}>
          {link.typedAddress}
        </bdi>
        {isUsed ? <Chip tone="on">Scanned</Chip> : <Chip tone="warn">{minutesLeft(link.expiresAt, now)} left</Chip>}
      </div>
    </div>
  );
}

const whyOver: Readonly<Partial<Record<Pairing['state'], string>>> = {
  expired: 'The code ran out before the phone used it. A new one is good for five minutes.',
  declined: 'You said that the numbers differ, so the code is void and the phone got nothing. Make a new code and scan it with the phone that lies before you.',
  cancelled: 'This code was taken back.',
};

function NoCode({ model }: { readonly model: PairingModel }) {
  const { pairing, start } = model;
  const why = pairing === undefined ? undefined : whyOver[pairing.state];
  return (
    <div className={styles.none}>
      <ScanLine size={28} strokeWidth={1.5} aria-hidden="true" />
      <p>{why ?? 'A code is shown once. Make a new one; the one before stops working.'}</p>
      <Button variant="filled" loading={start.isPending} onClick={() => start.mutate()}>
        Make a new code
      </Button>
    </div>
  );
}

function Claim({ model, pairing }: { readonly model: PairingModel; readonly pairing: Pairing }) {
  const { claim } = pairing;
  if (pairing.state === 'open' && pairing.refusedIp !== null) return <OtherNetwork model={model} ip={pairing.refusedIp} />;
  if (claim === null || (pairing.state !== 'claimed' && pairing.state !== 'approved')) return null;
  const isApproved = pairing.state === 'approved';
  return (
    <Card tone="on">
      <div className={styles.claim} aria-live="polite">
        <div className={styles.claimHead}>
          <div>
            <strong>
              “<bdi>{claim.name}</bdi>” wants to pair
            </strong>
            <p className={styles.quiet}>
              {phoneKind(claim.platform, claim.userAgent)} · <bdi dir="ltr">{claim.ip}</bdi> · {claim.isSameNetwork ? 'same network' : 'another network'}
            </p>
          </div>
          <Chip tone="on" dot>
            {isApproved ? 'approved' : 'waiting for you'}
          </Chip>
        </div>
        {isApproved ? (
          <p>The phone fetches its keys now. Keep its page open for a moment.</p>
        ) : (
          <>
            <p>Does the phone show this number?</p>
            <p className={styles.digits} aria-label={claim.code.split('').join(' ')}>
              {codeInGroups(claim.code)}
            </p>
            <ProblemSummary error={model.approve.error ?? model.decline.error} title="That was not done" />
            <div className={styles.buttons}>
              <Button variant="filled" loading={model.approve.isPending} onClick={() => model.approve.mutate()}>
                It matches, approve
              </Button>
              <Button loading={model.decline.isPending} onClick={() => model.decline.mutate()}>
                It does not
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}

function OtherNetwork({ model, ip }: { readonly model: PairingModel; readonly ip: string }) {
  return (
    <Card tone="warn">
      <div className={styles.claim} aria-live="polite">
        <div>
          <strong>A phone on another network was turned away</strong>
          <p>
            It asked from <bdi dir="ltr">{ip}</bdi>. If your office Wi-Fi is a network of its own, let it in: it still has to show the right number. If you
            don’t know the phone, do nothing.
          </p>
        </div>
        <ProblemSummary error={model.allow.error} title="That was not done" />
        <div>
          <Button loading={model.allow.isPending} onClick={() => model.allow.mutate()}>
            Let it in
          </Button>
        </div>
      </div>
    </Card>
  );
}

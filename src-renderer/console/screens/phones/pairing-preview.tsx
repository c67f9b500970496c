import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { companySettingsQuery } from '../../../api/setup.ts';
import { PhoneFrame } from '../../../ui/device-frame.tsx';
import { hasArrived } from './arrive-step.tsx';
import styles from './pairing-preview.module.css';
import type { PairingModel } from './use-pairing.ts';

/** What the phone shows meanwhile. */
export function PairingPreview({ model }: { readonly model: PairingModel }) {
  const company = useQuery(companySettingsQuery);
  const { pairing, device } = model;
  const claim = pairing?.claim ?? null;
  const isApproved = pairing?.state === 'approved' || pairing?.state === 'completed';
  const synced = device?.contactsSynced ?? 0;
  const lines = [
    { key: 'scanned', isDone: claim !== null, words: 'Code scanned' },
    {
      key: 'network',
      isDone: claim?.isSameNetwork === true || (claim !== null && isApproved),
      words: claim?.isSameNetwork === false ? 'Reaches this PC from another network' : 'On the same network',
    },
    { key: 'approved', isDone: isApproved, words: 'Approved on the PC' },
    { key: 'received', isDone: hasArrived(model), words: synced === 0 ? 'Contacts received' : `${synced.toLocaleString('en')} numbers received` },
  ];
  return (
    <PhoneFrame label="What the phone shows">
      <div className={styles.screen}>
        <bdi className={styles.name}>{company.data?.name === undefined || company.data.name === '' ? 'Doorline' : company.data.name}</bdi>
        <p className={styles.quiet}>{leadFor(model)}</p>
        {/* Never the digits: they must be read off the phone itself, or the comparison proves nothing. */}
        {claim !== null && !isApproved ? <p className={styles.digits}>••• •••</p> : null}
        <ul className={styles.lines}>
          {lines.map(({ key, isDone, words }) => (
            <li key={key} data-done={isDone || undefined}>
              <span className={styles.mark}>{isDone ? <Check size={11} strokeWidth={3.5} aria-label="done" /> : null}</span>
              {words}
            </li>
          ))}
        </ul>
        <span className={styles.space} />
        <bdi className={styles.device}>{model.deviceName}</bdi>
      </div>
    </PhoneFrame>
  );
}

function leadFor({ pairing, step }: PairingModel): string {
  if (pairing?.state === 'claimed') return 'The six digits stand here, on the phone itself';
  if (pairing?.state === 'approved' || pairing?.state === 'completed') return 'This phone shows who calls';
  return step === 'whose' || step === 'contacts'
    ? 'After the code is scanned, the phone goes through these by itself'
    : 'Point the camera at the code on the PC';
}

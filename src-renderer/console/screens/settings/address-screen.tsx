import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AddressSettings, type AddressState } from '#server/certificates/certificates.contract.ts';
import { addressQuery, changeAddress, renewCertificate, saveAuthority } from '../../../api/certificates.ts';
import { problemSentence } from '../../../api/problem.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Card, Section } from '../../../ui/page.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import { useEditedForm } from '../../use-edited-form.ts';
import { AddressChecks, AddressList, CertificateSummary } from './address-parts.tsx';
import styles from './address.module.css';
import { CertificateUpload } from './certificate-upload.tsx';
import { HostNameField } from './host-name-field.tsx';
import { SettingsForm } from './settings-form.tsx';
import { SettingsPage } from './settings-page.tsx';

const recheckMilliseconds = 10_000;

/** How customers and phones find the desk, and why they may trust it. */
export function AddressScreen() {
  const address = useQuery({ ...addressQuery, refetchInterval: recheckMilliseconds });
  return (
    <SettingsPage title="Address and certificate">
      <Loaded query={address} failed="The address could not be read" skeleton={<FormSkeleton />}>
        {(state) => (
          <>
            <NameSection state={state} isChecking={address.isFetching} />
            <Section title="Ways in" lead="Any of these works. Links in mails use the first.">
              <AddressList addresses={state.addresses} />
            </Section>
            <CertificateSection state={state} />
          </>
        )}
      </Loaded>
    </SettingsPage>
  );
}

function NameSection({ state, isChecking }: { readonly state: AddressState; readonly isChecking: boolean }) {
  const queries = useQueryClient();
  const form = useEditedForm({
    place: 'settings.address',
    stored: { hostName: state.hostName },
    fields: AddressSettings,
    rules: AddressSettings,
    save: changeAddress,
    onSaved: (saved) => queries.setQueryData(addressQuery.queryKey, saved),
  });
  if (form === undefined) return <FormSkeleton fields={1} />;
  return (
    <Section title="Name">
      <SettingsForm form={form} failed="The name was not saved" labels={{ hostName: 'Name of this desk on your network' }}>
        <HostNameField hostName={form.value.hostName} problems={form.problems} onEdit={form.edit} />
        <Card>
          <AddressChecks state={state} isChecking={isChecking || form.isSaving} />
        </Card>
      </SettingsForm>
    </Section>
  );
}

function CertificateSection({ state }: { readonly state: AddressState }) {
  const queries = useQueryClient();
  const [isUploading, setUploading] = useState(false);
  const isLocal = state.certificate.origin === 'local';

  function take(next: AddressState, message: string): void {
    queries.setQueryData(addressQuery.queryKey, next);
    showToast(message);
  }
  const renew = useMutation({
    mutationFn: renewCertificate,
    onSuccess: (next) => take(next, 'A fresh certificate is in use. Phones notice nothing.'),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const download = useMutation({ mutationFn: saveAuthority, onError: (error) => showProblemToast(problemSentence(error)) });

  return (
    <Section title="Certificate" lead="It proves to browsers and phones that they talk to this PC and to nobody in between.">
      <CertificateSummary state={state} />
      <div className={styles.buttons} style={{ marginTop: 16 }}>
        <Button onClick={() => setUploading(true)}>Use your own certificate</Button>
        <Button loading={renew.isPending} onClick={() => renew.mutate()}>
          {isLocal ? 'Renew now' : 'Go back to Doorline’s own'}
        </Button>
        {state.authorityFingerprint === null ? null : (
          <Button loading={download.isPending} onClick={() => download.mutate()}>
            Download the authority
          </Button>
        )}
      </div>
      <CertificateUpload isOpen={isUploading} onClose={() => setUploading(false)} onDone={(next) => take(next, 'Your certificate is in use.')} />
    </Section>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { AddressSettings, type AddressState } from '#server/certificates/certificates.contract.ts';
import { addressQuery, changeAddress } from '../../../api/certificates.ts';
import { portalSettingsQuery } from '../../../api/portal.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Card, Section } from '../../../ui/page.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { Wizard } from '../../../ui/wizard.tsx';
import { PortalFirstPage } from '../../portal-preview.tsx';
import { useEditedForm } from '../../use-edited-form.ts';
import { AddressChecks, AddressList, CertificateSummary } from '../settings/address-parts.tsx';
import { HostNameField } from '../settings/host-name-field.tsx';
import type { SetupStepProps } from './setup-frame.ts';
import styles from './setup.module.css';

const recheckMilliseconds = 5000;

/** How customers and phones find the desk. It works without a name; with one, it is easier to say on the phone. */
export function AddressStep({ frame, onNext }: SetupStepProps) {
  const queries = useQueryClient();
  const address = useQuery({ ...addressQuery, refetchInterval: recheckMilliseconds });
  const form = useEditedForm({
    place: 'setup.address',
    stored: address.data === undefined ? undefined : { hostName: address.data.hostName },
    fields: AddressSettings,
    rules: AddressSettings,
    save: changeAddress,
    onSaved: (saved) => queries.setQueryData(addressQuery.queryKey, saved),
  });
  const isChanged = form?.isChanged ?? false;
  const failed = address.data?.checks.filter(({ ok }) => !ok).length ?? 0;
  return (
    <Wizard
      {...frame}
      heading="How do customers and phones reach you?"
      lead="This PC is reached by its address on your network. A name is easier to say and stays when the address changes."
      preview={address.data === undefined ? undefined : <AddressPreview state={address.data} />}
      next={{
        label: continueLabel(isChanged, failed),
        isBusy: form?.isSaving ?? false,
        isDisabled: form === undefined,
        onClick: () => (isChanged ? form?.save() : onNext()),
      }}
    >
      <Loaded query={address} failed="The address could not be read" skeleton={<FormSkeleton fields={3} />}>
        {(state) => (
          <>
            {form === undefined ? null : <HostNameField hostName={form.value.hostName} problems={form.problems} onEdit={form.edit} />}
            <ProblemSummary error={form?.error} title="The name was not saved" labels={{ hostName: 'Name of this desk on your network' }} />
            <Card>
              <AddressChecks state={state} isChecking={form?.isSaving ?? false} />
            </Card>
            <Section title="Ways in" lead="Any of these works. Links in mails use the first.">
              <AddressList addresses={state.addresses} />
            </Section>
            <details className={styles.details}>
              <summary>Certificate and fingerprints</summary>
              <CertificateSummary state={state} />
            </details>
          </>
        )}
      </Loaded>
    </Wizard>
  );
}

/** A changed name is checked before one goes on; what fails is said, but stops nobody. */
function continueLabel(isChanged: boolean, failed: number): string {
  if (isChanged) return 'Check this name';
  return failed === 0 ? 'Continue' : 'Continue anyway';
}

function AddressPreview({ state }: { readonly state: AddressState }) {
  const portal = useQuery(portalSettingsQuery);
  const isLocal = state.certificate.origin === 'local';
  return (
    <div className={styles.preview}>
      <p className={styles.caption}>What a customer types</p>
      {portal.data === undefined ? null : <PortalFirstPage settings={portal.data} address={`${state.portalUrl}${portal.data.slug}/`} />}
      <p className={styles.note}>
        {isLocal
          ? 'Doorline made a certificate of its own, so everything is encrypted. A browser that meets it for the first time asks whether to trust it; phones learn it when they pair. With a certificate of your own, nobody is asked: see settings.'
          : 'Your own certificate is in use, so browsers and phones trust it without asking.'}
      </p>
    </div>
  );
}

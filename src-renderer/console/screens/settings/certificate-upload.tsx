import { Button, FileInput, Modal, SegmentedControl } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AddressState } from '#server/certificates/certificates.contract.ts';
import { uploadCertificate } from '../../../api/certificates.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { PasswordField } from '../../../ui/fields.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import styles from './address.module.css';

interface CertificateUploadProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onDone: (state: AddressState) => void;
}

/** Takes a certificate of one's own: PEM files or one PFX. */
export function CertificateUpload({ isOpen, onClose, onDone }: CertificateUploadProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Use your own certificate" size={520}>
      <UploadForm onClose={onClose} onDone={onDone} />
    </Modal>
  );
}

type Kind = 'pem' | 'pfx';
type FileField = 'certificate' | 'chain' | 'privateKey' | 'pfx';

const labels = { certificate: 'Certificate', chain: 'Chain', privateKey: 'Private key', pfx: 'PFX file', password: 'Password' };

function UploadForm({ onClose, onDone }: Omit<CertificateUploadProps, 'isOpen'>) {
  const [kind, setKind] = useState<Kind>('pem');
  const [files, setFiles] = useState<Partial<Record<FileField, File>>>({});
  const [password, setPassword] = useState('');
  const upload = useMutation({
    mutationFn: () => uploadCertificate(kind === 'pfx' ? { pfx: files.pfx, password } : { ...files, pfx: undefined, password }),
    onSuccess: (state) => {
      onDone(state);
      onClose();
    },
  });
  const problems = fieldProblems(upload.error);
  const main = kind === 'pfx' ? files.pfx : files.certificate;

  function field(name: FileField, hint: string, accept: string) {
    return (
      <FileInput
        label={labels[name]}
        description={hint}
        placeholder="Choose a file"
        accept={accept}
        clearable
        clearButtonProps={{ 'aria-label': `Remove ${labels[name]}` }}
        value={files[name] ?? null}
        error={problems[name]}
        onChange={(file) => {
          upload.reset();
          setFiles(({ [name]: _dropped, ...others }) => (file === null ? others : { ...others, [name]: file }));
        }}
      />
    );
  }

  return (
    <form
      className={styles.upload}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (main !== undefined) upload.mutate();
      }}
    >
      <SegmentedControl
        aria-label="Kind of file"
        value={kind}
        data={[
          { value: 'pem', label: 'PEM files' },
          { value: 'pfx', label: 'One PFX file' },
        ]}
        onChange={(chosen) => setKind(chosen === 'pfx' ? 'pfx' : 'pem')}
      />
      {kind === 'pfx' ? (
        field('pfx', 'Also called .p12. It holds certificate, chain and key.', '.pfx,.p12')
      ) : (
        <>
          {field('certificate', 'Begins with -----BEGIN CERTIFICATE-----. It may hold chain and key too.', '.pem,.crt,.cer,.der')}
          {field('privateKey', 'If it is a file of its own.', '.pem,.key')}
          {field('chain', 'The certificates between yours and the authority, if they are a file of their own.', '.pem,.crt,.cer')}
        </>
      )}
      <PasswordField
        label="Password"
        hint="Only if the key is locked with one. It is not kept."
        value={password}
        problem={problems['password']}
        onChange={setPassword}
      />
      <ProblemSummary error={upload.error} title="The certificate was not taken; the old one stays" labels={labels} />
      <div className={styles.buttons}>
        <Button type="submit" variant="filled" disabled={main === undefined} loading={upload.isPending}>
          Check and use it
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}

import { Button } from '@mantine/core';
import { Download } from 'lucide-react';
import type { PbxKind, PbxSourceWithKey, SetupText } from '#server/pbx/pbx.contract.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { CopyLine } from '../../../ui/copy-line.tsx';
import styles from './setup-texts.module.css';

/** Saves a text as a file, without asking any server for it. */
function saveText({ fileName, text }: SetupText): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

/** What a certificate of the desk’s own means for a system. */
function ownCertificate(kind: PbxKind): string {
  return kind === 'fritzbox'
    ? 'This desk has a certificate of its own, and there is no known way to give a FRITZ!Box the authority behind it. It may refuse the desk until the desk has a name and a certificate of a public authority (Settings → Address and certificate). Until then, use the file below.'
    : 'This desk has a certificate of its own. Install its certificate authority on the system first (the last text below), or the system won’t trust the desk and shows no names.';
}

/** The configuration with the desk's address and the key in it, to copy or to save. The key is shown now and never again. */
export function SetupTexts({ connected }: { readonly connected: PbxSourceWithKey }) {
  return (
    <div className={styles.texts}>
      <div className={styles.key}>
        <p>
          <strong>The key of this system.</strong> It stands in the texts below and is shown now only. Whoever has it can look up names, so treat it like a
          password.
        </p>
        <CopyLine value={connected.key} what="the key" isWrapped />
      </div>
      {connected.usesOwnAuthority ? <p className={styles.note}>{ownCertificate(connected.source.kind)}</p> : null}
      {connected.setup.map((text) => (
        <section key={text.fileName} className={styles.text}>
          <div className={styles.head}>
            <div>
              <h3>{text.title}</h3>
              <p className={styles.hint}>{text.hint}</p>
            </div>
            <div className={styles.buttons}>
              <CopyButton size="xs" value={text.text} label="Copy" />
              <Button size="xs" leftSection={<Download size={14} aria-hidden="true" />} onClick={() => saveText(text)}>
                Save as a file
              </Button>
            </div>
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and must scroll by keyboard too */}
          <pre className={styles.code} tabIndex={0} aria-label={text.fileName} dir="ltr">
            {text.text}
          </pre>
        </section>
      ))}
    </div>
  );
}

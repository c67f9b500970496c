import { Dropzone } from '@mantine/dropzone';
import { Progress } from '@mantine/core';
import { FileSpreadsheet } from 'lucide-react';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import styles from './import-steps.module.css';
import type { Import } from './use-import.ts';

/** Where the file is dropped or chosen. */
export function FileStep({ model }: { readonly model: Import }) {
  const { uploaded, upload } = model;
  const isBusy = uploaded !== undefined;
  return (
    <div className={styles.stack}>
      <ProblemSummary error={upload.error} title="The file could not be read" />
      <Dropzone
        className={styles.drop ?? ''}
        multiple={false}
        disabled={isBusy}
        inputProps={{ 'aria-label': 'Choose a file' }}
        onDrop={(files) => {
          const [file] = files;
          if (file !== undefined) upload.mutate({ file });
        }}
      >
        <span className={styles.dropWords}>
          <FileSpreadsheet size={28} strokeWidth={1.5} aria-hidden="true" />
          <strong>Drop a file here, or press to choose one</strong>
          <span className={styles.quiet}>CSV or text, as HubSpot, Excel, Google and Outlook write it. Any language, separator and encoding.</span>
        </span>
      </Dropzone>
      {isBusy ? (
        <div aria-live="polite">
          <Progress value={uploaded * 100} aria-label="Handing over the file" />
          <p className={styles.quiet}>{uploaded < 1 ? `${Math.round(uploaded * 100)} per cent handed over` : 'Looking at what is in it'}</p>
        </div>
      ) : null}
      <ul className={styles.promises}>
        <li>Nothing is changed yet: first you see what would happen.</li>
        <li>Nobody gets a mail because of an import.</li>
        <li>The whole import can be taken back afterwards.</li>
        <li>The same file can be imported again without making anybody twice.</li>
      </ul>
    </div>
  );
}

import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, CircleX, Send } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { MailSettingsInput, MailTestResult } from '#server/mail/mail.contract.ts';
import { testMail } from '../../../api/mail.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import styles from './mail.module.css';

interface MailTestProps {
  /** What stands in the form now, saved or not. */
  readonly settings: MailSettingsInput;
}

/** Sends one mail with what stands in the form, and shows what the mail server said. */
export function MailTest({ settings }: MailTestProps) {
  const [to, setTo] = useState(settings.fromAddress);
  const [isTried, setTried] = useState(false);
  const test = useMutation({ mutationFn: () => testMail({ settings, to }) });
  const isAddress = z.email().safeParse(to).success;
  return (
    <div className={styles.test}>
      <div className={styles.testLine}>
        <TextField
          label="Send a test to"
          type="email"
          value={to}
          problem={isTried && !isAddress ? 'Write an e-mail address such as anna@example.com.' : undefined}
          onChange={setTo}
        />
        <Button
          leftSection={<Send size={15} aria-hidden="true" />}
          loading={test.isPending}
          onClick={() => {
            setTried(true);
            if (isAddress) test.mutate();
          }}
        >
          Send test
        </Button>
      </div>
      <ProblemSummary error={test.error} title="The test could not be made" />
      {test.data === undefined ? null : <TestResult result={test.data} />}
    </div>
  );
}

/** What came of it in words, and the conversation with the server, line by line. */
export function TestResult({ result }: { readonly result: MailTestResult }) {
  const Icon = result.ok ? CircleCheck : CircleX;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output holds no blocks, and the transcript is one.
    <div className={styles.result} data-ok={result.ok} role="status">
      <p className={styles.verdict}>
        <Icon size={18} aria-hidden="true" />
        {result.explanation}
      </p>
      {result.transcript.length === 0 ? null : (
        <details open={!result.ok}>
          <summary>What was said</summary>
          <pre className={styles.transcript} tabIndex={0} aria-label="Conversation with the mail server">
            {result.transcript.join('\n')}
          </pre>
          <CopyButton size="xs" value={result.transcript.join('\n')} label="Copy the conversation" />
        </details>
      )}
    </div>
  );
}

import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import type { OutgoingMail } from '#server/mail/mail.contract.ts';
import { outboxQuery, retryMail } from '../../../api/mail.ts';
import { problemSentence } from '../../../api/problem.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import styles from './mail.module.css';

const states: Readonly<Record<OutgoingMail['state'], readonly [word: string, tone: Tone]>> = {
  waiting: ['on the way', 'quiet'],
  sent: ['sent', 'on'],
  failed: ['not sent', 'bad'],
  cancelled: ['cancelled', 'quiet'],
};

/** The mails that left or wait to leave, newest first. */
export function Outbox() {
  const outbox = useInfiniteQuery(outboxQuery());
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: retryMail,
    onSuccess: () => {
      showToast('The mail is on its way again.');
      void queries.invalidateQueries({ queryKey: ['mail', 'outbox'] });
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  return (
    <Loaded query={outbox} failed="The mails could not be read" skeleton={<ListSkeleton rows={4} height={56} />}>
      {({ pages }) => {
        const mails = pages.flatMap((page) => page.items);
        if (mails.length === 0) {
          return (
            <EmptyState icon={MailCheck} title="No mail was sent yet">
              Invitations and answers to customers are listed here, with what became of each.
            </EmptyState>
          );
        }
        return (
          <>
            <ul className={styles.outbox}>
              {mails.map((mail) => (
                <MailRow key={mail.id} mail={mail} isRetrying={retry.isPending && retry.variables === mail.id} onRetry={() => retry.mutate(mail.id)} />
              ))}
            </ul>
            {outbox.hasNextPage ? (
              <Button loading={outbox.isFetchingNextPage} onClick={() => void outbox.fetchNextPage()}>
                Show older
              </Button>
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}

function MailRow({ mail, isRetrying, onRetry }: { readonly mail: OutgoingMail; readonly isRetrying: boolean; readonly onRetry: () => void }) {
  const [word, tone] = states[mail.state];
  return (
    <li>
      <div className={styles.mailText}>
        <span className={styles.mailSubject} dir="auto">
          {mail.subject}
        </span>
        <span className={styles.mailDetail}>
          {mail.to} · <RelativeTime at={mail.sentAt ?? mail.createdAt} />
          {mail.state === 'waiting' && mail.attempts > 0 ? (
            <>
              {' '}
              · tried {mail.attempts} times, again <RelativeTime at={mail.nextAttemptAt} />
            </>
          ) : null}
        </span>
        {mail.lastError !== null && mail.state !== 'sent' ? <span className={styles.mailError}>{mail.lastError}</span> : null}
      </div>
      <Chip tone={tone}>{word}</Chip>
      {mail.state === 'failed' ? (
        <Button size="xs" loading={isRetrying} onClick={onRetry} aria-label={`Try again: ${mail.subject} to ${mail.to}`}>
          Try again
        </Button>
      ) : null}
    </li>
  );
}

import { CloseButton, Progress } from '@mantine/core';
import type { Attachment } from '#server/conversations/conversations.contract.ts';
import { byteSize } from '../../../ui/bytes.ts';
import type { RunningUpload } from './use-uploads.ts';
import styles from './upload-list.module.css';

interface UploadListProps {
  readonly attachments: readonly Attachment[];
  readonly running: readonly RunningUpload[];
  readonly onRemove: (id: string) => void;
  readonly onDrop: (key: number) => void;
}

/** The files that go with a message: those that are there, those on their way, those that did not arrive and why. */
export function UploadList({ attachments, running, onRemove, onDrop }: UploadListProps) {
  if (attachments.length === 0 && running.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Files">
      {attachments.map((attachment) => (
        <li key={attachment.id} className={styles.file}>
          <bdi className={styles.name}>{attachment.fileName}</bdi>
          <span className={styles.size}>{byteSize(attachment.byteSize)}</span>
          <CloseButton size="sm" aria-label={`Remove ${attachment.fileName}`} onClick={() => onRemove(attachment.id)} />
        </li>
      ))}
      {running.map((upload) => (
        <li key={upload.key} className={styles.file} data-failed={upload.problem === undefined ? undefined : true}>
          <bdi className={styles.name}>{upload.fileName}</bdi>
          {upload.problem === undefined ? (
            <Progress
              className={styles.progress ?? ''}
              value={upload.share * 100}
              aria-label={`${upload.fileName}, ${Math.round(upload.share * 100)} per cent uploaded`}
            />
          ) : (
            <span role="alert">{upload.problem}</span>
          )}
          <CloseButton
            size="sm"
            aria-label={upload.problem === undefined ? `Cancel ${upload.fileName}` : `Remove ${upload.fileName}`}
            onClick={() => onDrop(upload.key)}
          />
        </li>
      ))}
    </ul>
  );
}

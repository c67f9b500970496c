import { Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FileText, FileWarning } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Attachment } from '#server/conversations/conversations.contract.ts';
import { saveFile } from '../../../api/client.ts';
import { attachmentQuery } from '../../../api/conversations.ts';
import { problemSentence } from '../../../api/problem.ts';
import { byteSize } from '../../../ui/bytes.ts';
import { showProblemToast } from '../../../ui/toasts.tsx';
import styles from './attachment-card.module.css';

/** Raster images the browser draws safely. SVG can carry script, so it is a file like any other. */
const drawable = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);
/** Larger pictures are fetched when they are opened, not while one scrolls past. */
const thumbnailBytes = 12_000_000;

/** A file of a message: a picture with its thumbnail opens here, anything else is saved. */
export function AttachmentCard({ attachment }: { readonly attachment: Attachment }) {
  const [isOpen, setOpen] = useState(false);
  const isPicture = drawable.has(attachment.mediaType);

  function open(): void {
    if (isPicture) setOpen(true);
    else void saveFile(`/attachments/${attachment.id}`, attachment.fileName).catch((error: unknown) => showProblemToast(problemSentence(error)));
  }

  return (
    <>
      <button type="button" className={styles.card} onClick={open} title={attachment.fileName}>
        {isPicture && attachment.byteSize <= thumbnailBytes ? <Thumbnail id={attachment.id} /> : <FileMark />}
        <span className={styles.words}>
          <bdi className={styles.name}>{attachment.fileName}</bdi>
          <span className={styles.size}>{byteSize(attachment.byteSize)}</span>
        </span>
      </button>
      {isPicture ? <Picture attachment={attachment} isOpen={isOpen} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function FileMark() {
  return (
    <span className={styles.mark}>
      <FileText size={16} aria-hidden="true" />
    </span>
  );
}

function Thumbnail({ id }: { readonly id: string }) {
  const url = useBlobUrl(id, true);
  if (url === undefined) return <span className={styles.mark} />;
  if (url === null) {
    return (
      <span className={styles.mark}>
        <FileWarning size={16} aria-label="The picture could not be read" />
      </span>
    );
  }
  return <img className={styles.thumbnail} src={url} alt="" />;
}

function Picture({ attachment, isOpen, onClose }: { readonly attachment: Attachment; readonly isOpen: boolean; readonly onClose: () => void }) {
  const url = useBlobUrl(attachment.id, isOpen);
  return (
    <Modal opened={isOpen} onClose={onClose} title={<bdi>{attachment.fileName}</bdi>} size="auto">
      {typeof url === 'string' ? <img className={styles.picture} src={url} alt={attachment.fileName} /> : null}
      {url === undefined ? <Loader aria-label="Loading the picture" /> : null}
      {url === null ? <p>The picture could not be read. Close this and try again.</p> : null}
    </Modal>
  );
}

/** The file as an address the page can show; undefined while it loads, null when it could not be read. */
function useBlobUrl(id: string, isWanted: boolean): string | null | undefined {
  const file = useQuery({ ...attachmentQuery(id), enabled: isWanted });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (file.data === undefined) return;
    const made = URL.createObjectURL(file.data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file.data]);
  return file.isError ? null : url;
}

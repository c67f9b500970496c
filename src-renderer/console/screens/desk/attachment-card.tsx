import { Button, Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download, FileText, FileWarning } from 'lucide-react';
import { useCallback, useState } from 'react';
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

  return (
    <>
      <button type="button" className={styles.card} onClick={() => (isPicture ? setOpen(true) : save(attachment))} title={attachment.fileName}>
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

function save({ id, fileName }: Attachment): void {
  saveFile(`/attachments/${id}`, fileName).catch((error: unknown) => showProblemToast(problemSentence(error)));
}

function FileMark() {
  return (
    <span className={styles.mark}>
      <FileText size={16} aria-hidden="true" />
    </span>
  );
}

function Thumbnail({ id }: { readonly id: string }) {
  const file = useQuery(attachmentQuery(id));
  if (file.data !== undefined) return <BlobImage className={styles.thumbnail} blob={file.data} alt="" />;
  return <span className={styles.mark}>{file.isError ? <FileWarning size={16} aria-label="The picture could not be read" /> : null}</span>;
}

function Picture({ attachment, isOpen, onClose }: { readonly attachment: Attachment; readonly isOpen: boolean; readonly onClose: () => void }) {
  const file = useQuery({ ...attachmentQuery(attachment.id), enabled: isOpen });
  return (
    <Modal opened={isOpen} onClose={onClose} title={<bdi>{attachment.fileName}</bdi>} size="auto">
      {file.data === undefined ? null : <BlobImage className={styles.picture} blob={file.data} alt={attachment.fileName} />}
      {file.isLoading ? <Loader aria-label="Loading the picture" /> : null}
      {file.isError ? <p>{problemSentence(file.error)}</p> : null}
      <div className={styles.foot}>
        <Button leftSection={<Download size={15} aria-hidden="true" />} onClick={() => save(attachment)}>
          Save the picture
        </Button>
      </div>
    </Modal>
  );
}

/** A picture out of memory: files stand behind the key, so the browser can't fetch them by address. */
function BlobImage({ blob, alt, className }: { readonly blob: Blob; readonly alt: string; readonly className: string | undefined }) {
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      const url = URL.createObjectURL(blob);
      if (image !== null) image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [blob],
  );
  return <img ref={show} className={className} alt={alt} />;
}

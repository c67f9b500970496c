import { useEffect, useRef, useState } from 'react';
import type { Attachment } from '#server/conversations/conversations.contract.ts';
import { uploadAttachment } from '../../../api/conversations.ts';
import { problemSentence } from '../../../api/problem.ts';

/** A file on its way to the server, or one that did not arrive. */
export interface RunningUpload {
  readonly key: number;
  readonly fileName: string;
  readonly byteSize: number;
  /** 0 to 1. */
  readonly share: number;
  readonly problem?: string;
}

export interface Uploads {
  readonly running: readonly RunningUpload[];
  readonly isBusy: boolean;
  readonly add: (files: readonly File[]) => void;
  /** Stops an upload, or forgets one that failed. */
  readonly drop: (key: number) => void;
}

/** Uploads files as they are chosen, one request each, and hands over each that has arrived. */
export function useUploads(onArrived: (attachment: Attachment) => void): Uploads {
  const [running, setRunning] = useState<readonly RunningUpload[]>([]);
  const stops = useRef(new Map<number, AbortController>());
  const nextKey = useRef(0);
  const arrived = useRef(onArrived);
  useEffect(() => {
    arrived.current = onArrived;
  });
  useEffect(() => {
    const started = stops.current;
    return () => {
      for (const stop of started.values()) stop.abort();
    };
  }, []);

  function change(key: number, patch: Partial<RunningUpload>): void {
    setRunning((before) => before.map((one) => (one.key === key ? { ...one, ...patch } : one)));
  }

  function forget(key: number): void {
    stops.current.delete(key);
    setRunning((before) => before.filter((one) => one.key !== key));
  }

  function start(file: File): void {
    const key = nextKey.current;
    nextKey.current += 1;
    const stop = new AbortController();
    stops.current.set(key, stop);
    setRunning((before) => [...before, { key, fileName: file.name, byteSize: file.size, share: 0 }]);
    uploadAttachment(file, { signal: stop.signal, onProgress: (share) => change(key, { share }) })
      .then((attachment) => {
        forget(key);
        arrived.current(attachment);
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) change(key, { problem: problemSentence(error) });
      });
  }

  return {
    running,
    isBusy: running.some((one) => one.problem === undefined),
    add(files) {
      for (const file of files) start(file);
    },
    drop(key) {
      stops.current.get(key)?.abort();
      forget(key);
    },
  };
}

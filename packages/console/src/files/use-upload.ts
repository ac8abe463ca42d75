import { useCallback, useEffect, useRef, useState } from 'react';
import { usePlatform } from '../app/platform.js';
import { asProblem, type Problem } from '../app/problem.js';

export interface Uploading {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
}

type Uploaded = Awaited<ReturnType<ReturnType<typeof usePlatform>['yunfab']['files']['upload']>>;

/** One upload at a time, with its progress; leaving the page stops it. */
export function useUpload(): {
  readonly uploading: Uploading | null;
  readonly problem: Problem | null;
  /** Null when it was refused (`problem` says why) or stopped. */
  readonly upload: (file: File) => Promise<Uploaded | null>;
  readonly stop: () => void;
  readonly reset: () => void;
} {
  const { yunfab } = usePlatform();
  const [uploading, setUploading] = useState<Uploading | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stopping = useRef<AbortController | null>(null);
  const stop = useCallback(() => stopping.current?.abort(), []);
  const reset = useCallback(() => setProblem(null), []);
  useEffect(() => stop, [stop]);

  const upload = async (file: File) => {
    const controller = new AbortController();
    stopping.current = controller;
    setProblem(null);
    setUploading({ name: file.name, sent: 0, total: file.size });
    try {
      return await yunfab.files.upload(file, {
        signal: controller.signal,
        onProgress: ({ sent }) => setUploading({ name: file.name, sent, total: file.size }),
      });
    } catch (error) {
      if (!controller.signal.aborted) setProblem(asProblem(error));
      return null;
    } finally {
      setUploading(null);
    }
  };
  return { uploading, problem, upload, stop, reset };
}

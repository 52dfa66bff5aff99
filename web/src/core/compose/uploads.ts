import { t } from '@lingui/core/macro';
import { useCallback, useRef, useState } from 'react';
import { base } from '~/api/client';

export type Upload = {
  key: string;
  name: string;
  size: number;
  sent: number;
  id?: string;
  problem?: string;
  paused?: boolean;
  /** Pauses, goes on, or tries again after a problem; missing until it has begun and once it is there. */
  flip?: () => void;
};

/** Files on their way to the server, resumable; each becomes an id that a post can carry. */
export function useUploads() {
  const [list, setList] = useState<Upload[]>([]);
  const stops = useRef(new Map<string, () => void>());
  const change = useCallback((key: string, part: Partial<Upload>) => {
    setList((old) => old.map((u) => (u.key === key ? { ...u, ...part } : u)));
  }, []);
  const add = useCallback(
    (files: Iterable<globalThis.File>) => {
      for (const file of files) {
        const key = `${file.name} ${file.size} ${file.lastModified} ${Math.random()}`;
        setList((old) => [...old, { key, name: file.name, size: file.size, sent: 0 }]);
        const stop = send(file, (part) => change(key, part));
        stops.current.set(key, stop);
      }
    },
    [change],
  );
  const remove = useCallback((key: string) => {
    stops.current.get(key)?.();
    stops.current.delete(key);
    setList((old) => old.filter((u) => u.key !== key));
  }, []);
  const clear = useCallback(() => setList([]), []);
  return {
    list,
    add,
    remove,
    clear,
    busy: list.some((u) => !u.id && !u.problem),
    ids: list.flatMap((u) => u.id ?? []),
  };
}

/** Sends one file by tus; gives a function that stops it. The library comes when the first file does. */
function send(file: globalThis.File, tell: (part: Partial<Upload>) => void): () => void {
  let stop = () => {};
  let stopped = false;
  void import('tus-js-client').then(({ Upload }) => {
    if (stopped) return;
    const upload = new Upload(file, {
      endpoint: `${base}/uploads`,
      retryDelays: [0, 1000, 3000, 8000, 20_000],
      chunkSize: 8 * 1024 * 1024,
      metadata: { filename: file.name, filetype: file.type || 'application/octet-stream' },
      removeFingerprintOnSuccess: true,
      onProgress: (sent) => tell({ sent }),
      onAfterResponse: (_request, response) => {
        const id = response.getHeader('Upload-File');
        if (id) tell({ id, sent: file.size, flip: undefined });
      },
      onSuccess: () => tell({ sent: file.size, flip: undefined }),
      onError: (error) => {
        going = false;
        tell({ problem: problemOf(error) });
      },
    });
    let going = true;
    const flip = () => {
      going = !going;
      tell({ paused: !going, problem: undefined });
      // What has arrived stays on the server; going on begins there.
      if (going) upload.start();
      else void upload.abort();
    };
    tell({ flip });
    stop = () => void upload.abort(true);
    void upload.findPreviousUploads().then((before) => {
      const last = before[0];
      if (last) upload.resumeFromPreviousUpload(last);
      if (!stopped && going) upload.start();
    });
  });
  return () => {
    stopped = true;
    stop();
  };
}

function problemOf(error: unknown): string {
  const body = (error as { originalResponse?: { getBody(): string } | null }).originalResponse?.getBody();
  try {
    const detail = (JSON.parse(body ?? '') as { detail?: string }).detail;
    if (detail) return detail;
  } catch {
    // Not a problem in JSON: the sentence below is for it.
  }
  return t`This file could not be sent. Remove it and try again.`;
}

/** "2.4 MB" */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return t`${bytes} B`;
  const units = ['kB', 'MB', 'GB'];
  let n = bytes;
  let unit = '';
  for (const next of units) {
    if (n < 1000) break;
    n /= 1000;
    unit = next;
  }
  return `${n < 10 ? n.toFixed(1) : Math.round(n)} ${unit}`;
}

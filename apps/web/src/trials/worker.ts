/** The worker that reads records: the page sends files, and is told of progress and of the end. Cancelling ends the worker. */
import { type FilesRead, type Overrides, type ReadingProgress, readFiles } from './read-files.js';

export interface ReadRequest {
  readonly files: readonly File[];
  readonly overrides: Overrides;
}

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: ReadingProgress }
  | { readonly kind: 'read'; readonly read: FilesRead };

/** What of a worker's global scope is used here; the types of a page and of a worker exclude each other. */
interface Scope {
  onmessage: ((event: MessageEvent<ReadRequest>) => void) | null;
  postMessage(message: WorkerMessage): void;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  void readFiles(data.files, data.overrides, (progress) => scope.postMessage({ kind: 'progress', progress })).then((read) =>
    scope.postMessage({ kind: 'read', read }),
  );
};

import type { Annotation } from 'imitation-lab/schema';

/** Annotations of one comparison by all annotators: read, and only ever added to. */
export interface AnnotationLog {
  /** Path of the file that holds them. */
  readonly path: string;
  /** Known annotations: those that the file held when it was last read, and those added here. */
  readonly annotations: readonly Annotation[];
  /** Number of them that are not in the file yet. */
  readonly unsaved: number;
  /** Reason why not, if writing fails. */
  readonly problem: string | null;
  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
  append(annotation: Annotation): void;
  /** Reads what others wrote meanwhile. */
  refresh(): Promise<void>;
}

/** Returns the path of a comparison's annotations: `a.compare.jsonl` → `a.annotations.jsonl`. */
export function sidecarPath(path: string): string {
  return `${path.replace(/(\.compare)?\.(jsonl?|ipynb)$/, '')}.annotations.jsonl`;
}

import type { Annotation } from 'imitation-lab/schema';

/** Annotations of one comparison by all annotators: read, and only ever added to. */
export interface AnnotationLog {
  /** Of the file that holds them. */
  readonly path: string;
  /** What is known: what the file held when it was last read, and what was added here. */
  readonly annotations: readonly Annotation[];
  /** How many of them are not in the file yet. */
  readonly unsaved: number;
  /** Why not, if writing fails. */
  readonly problem: string | null;
  /** Call `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
  append(annotation: Annotation): void;
  /** Read what others wrote meanwhile. */
  refresh(): Promise<void>;
}

import { parseAnnotationLines } from 'imitation-lab/readers';
import type { Annotation } from 'imitation-lab/schema';
import type { AnnotationLog } from './annotation-log.ts';
import type { SidecarFile } from './sidecar-file.ts';

/** Waits between attempts to write, in milliseconds. */
const RETRIES = [1000, 3000, 10_000, 30_000];

/** The part of `localStorage` that keeps what the file does not hold yet. */
export type Outbox = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Annotations in a file beside the comparison. Each is kept in the browser's storage until the file is known to
 * hold it, and goes there by an append, so that raters in several browsers overwrite nothing of each other's; a
 * browser that was killed, or lost its server, sends the rest when it comes back.
 */
export class Sidecar implements AnnotationLog {
  readonly #file: SidecarFile;
  readonly #outbox: Outbox;
  readonly #prefix: string;
  readonly #listeners = new Set<() => void>();
  #annotations: Annotation[];
  #unsaved: Annotation[];
  /** Bytes of the file when it was last read or written. */
  #size = 0;
  #problem: string | null = null;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(file: SidecarFile, outbox: Outbox) {
    this.#file = file;
    this.#outbox = outbox;
    this.#prefix = `imitation-lab:unsaved:${file.path}:`;
    this.#unsaved = this.#kept();
    this.#annotations = [...this.#unsaved];
  }

  get path(): string {
    return this.#file.path;
  }

  get annotations(): readonly Annotation[] {
    return this.#annotations;
  }

  get unsaved(): number {
    return this.#unsaved.length;
  }

  get problem(): string | null {
    return this.#problem;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Reads the file, and writes what an earlier session could not.
   *
   * @throws {ReadError} if a line of the file is no annotation.
   */
  async open(): Promise<void> {
    await this.#do(() => this.#read());
    if (this.#unsaved.length > 0) this.#write();
  }

  /** Reads what others wrote meanwhile; if the file cannot be read now, what is known stays. */
  async refresh(): Promise<void> {
    await this.#do(() => this.#read()).catch(() => {});
  }

  append(annotation: Annotation): void {
    try {
      this.#outbox.setItem(this.#prefix + keyOf(annotation), JSON.stringify(annotation));
    } catch {
      // No storage, or none left: the annotation is still written to the file.
    }
    this.#unsaved = [...this.#unsaved, annotation];
    this.#annotations = [...this.#annotations, annotation];
    this.#notify();
    this.#write();
  }

  /** Stops trying to write; what is unsaved stays in the browser. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#do(() => this.#send()).catch(error => {
      this.#problem = error instanceof Error ? error.message : String(error);
      this.#notify();
      this.#timer = setTimeout(() => this.#write(), RETRIES[this.#attempts] ?? RETRIES.at(-1));
      this.#attempts++;
    });
  }

  async #send(): Promise<void> {
    const sent = this.#unsaved;
    if (sent.length === 0) return;
    // The line before may have been cut short, when a disk was full: a blank line costs nothing.
    const lines = `\n${linesOf(sent)}`;
    const expected = this.#size + new TextEncoder().encode(lines).length;
    const size = await this.#file.append(lines);
    if (size === expected) {
      this.#size = size;
      this.#settle(sent);
      return;
    }
    // Others wrote meanwhile; or the server cannot append and replaced the file: then all goes back. What was added
    // during the append is missing as well, and is sent next.
    const missing = await this.#read();
    const next = this.#unsaved.filter(annotation => !sent.includes(annotation));
    if (missing.every(annotation => next.includes(annotation))) return;
    await this.#file.write(linesOf(this.#annotations));
    await this.#read();
  }

  /** Takes in the file. What is known is never forgotten; returns what of it the file lacks. */
  async #read(): Promise<Annotation[]> {
    const { text, size } = await this.#file.read();
    const found = parseAnnotationLines(text, this.#file.path);
    const held = new Set(found.map(keyOf));
    const missing = this.#annotations.filter(annotation => !held.has(keyOf(annotation)));
    this.#size = size;
    this.#annotations = [...found, ...missing];
    this.#settle(this.#unsaved.filter(annotation => held.has(keyOf(annotation))));
    return missing;
  }

  /** Marks these as saved in the file. */
  #settle(saved: readonly Annotation[]): void {
    for (const annotation of saved) this.#outbox.removeItem(this.#prefix + keyOf(annotation));
    this.#unsaved = this.#unsaved.filter(annotation => !saved.includes(annotation));
    this.#problem = null;
    this.#attempts = 0;
    this.#notify();
  }

  #kept(): Annotation[] {
    const keys = Array.from({ length: this.#outbox.length }, (_, index) => this.#outbox.key(index) ?? '');
    const texts = keys
      .filter(key => key.startsWith(this.#prefix))
      .map(key => this.#outbox.getItem(key) ?? '');
    return parseAnnotationLines(texts.join('\n'), 'the browser’s storage');
  }

  /** Runs tasks one after the other, so that sizes compare. */
  #do(task: () => Promise<unknown>): Promise<unknown> {
    const done = this.#queue.then(task);
    this.#queue = done.catch(() => {});
    return done;
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Returns the key of an annotation; an undo has the id of what it takes back. */
function keyOf({ kind, id }: Annotation): string {
  return `${kind}:${id}`;
}

function linesOf(annotations: readonly Annotation[]): string {
  return annotations.map(annotation => `${JSON.stringify(annotation)}\n`).join('');
}

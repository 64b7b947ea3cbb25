import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Annotation, annotationSchema, type Rating, type SentenceLabel } from '../schema.ts';
import { parseJsonl } from './parse-jsonl.ts';
import { schemaError } from './schema-error.ts';

/** Annotations of a comparison that were not undone. */
export interface Annotations {
  /** Every vote, the earliest first; `latestRatings` leaves the ones that count. */
  ratings: Rating[];
  /** The latest label of each span by each annotator. */
  labels: SentenceLabel[];
}

/**
 * Reads the sidecar of a comparison, `NAME.annotations.jsonl`: one {@link Annotation} a line. A repeated line counts
 * once, and what was undone does not count.
 *
 * @throws {ReadError} naming file and line of what is no annotation.
 * @example
 * // Given readFile.
 * const text = await readFile('answers.annotations.jsonl', 'utf8')
 * parseAnnotations(text, 'answers.annotations.jsonl').ratings.length // 4
 */
export function parseAnnotations(text: string, name: string): Annotations {
  const ratings: Rating[] = [];
  const labels = new Map<string, SentenceLabel>();
  for (const annotation of activeAnnotations(parseAnnotationLines(text, name))) {
    if (annotation.kind === 'rating') {
      const { kind: _, id: __, ...rating } = annotation;
      ratings.push(rating);
    } else if (annotation.kind === 'label') {
      const { kind: _, id: __, contentHash: ___, at: ____, ...label } = annotation;
      const { promptId, model, start, end, annotator } = label;
      labels.set(JSON.stringify([promptId, model, start, end, annotator]), label);
    }
  }
  return { ratings, labels: [...labels.values()] };
}

/** An annotation that says something. */
export type ActiveAnnotation = Exclude<Annotation, { kind: 'undo' }>;

/** Selects annotations that were not undone, each once, the earliest first. */
export function activeAnnotations(annotations: readonly Annotation[]): ActiveAnnotation[] {
  const active = new Map<string, ActiveAnnotation>();
  const undone = new Set<string>();
  for (const annotation of annotations) {
    if (annotation.kind === 'undo') undone.add(annotation.id);
    else active.set(annotation.id, annotation);
  }
  // Two browsers may have written in another order than that of the clock.
  return [...active.values()]
    .filter(({ id }) => !undone.has(id))
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

/**
 * Parses every line of a sidecar, repeated and undone ones too.
 *
 * @throws {ReadError} naming file and line of what is no annotation.
 */
export function parseAnnotationLines(text: string, name: string): Annotation[] {
  const valid = new Ajv2020({ verbose: true, discriminator: true }).compile<Annotation>(annotationSchema);
  return parseJsonl(text, name).map(({ at, value }) => {
    if (valid(value)) return value;
    throw schemaError(valid.errors?.[0], path => `${at}${path}`);
  });
}

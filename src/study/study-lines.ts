import { parseJsonl } from '../readers/index.ts';
import {
  accepts,
  boolean,
  type Guard,
  list,
  literal,
  nullable,
  number,
  object,
  optional,
  string,
} from '../runs/index.ts';
import {
  type AskedFact,
  FAILURE_KINDS,
  type FactAnswer,
  type Failure,
  type Prompt,
  type PromptTurn,
  type StudyAnswer,
  type StudyRow,
} from '../schema.ts';

/** Guards of the fields that name a model of a study. */
export const WHO = {
  model: literal('teacher', 'teacher-again', 'base', 'broad', 'mix', 'facts', 'summaries'),
  size: nullable(number),
  budget: nullable(number),
  seed: number,
} as const;

const LIVE = literal('live');

/** Later versions may write more fields. */
export const OPEN = { open: true };

/** Lines of `rows.jsonl`. */
export const ROW = object<StudyRow>(
  {
    ...WHO,
    measure: string,
    value: nullable(number),
    low: nullable(number),
    high: nullable(number),
    n: number,
    unscored: number,
    reason: optional(string),
    evidence: LIVE,
  },
  OPEN,
);

const ASKED_FACT = { kind: string, relation: string, rank: number } as const;

const FAILURE = object<Failure>({
  kind: literal(...FAILURE_KINDS),
  message: string,
});

/** Lines of `answers.jsonl`. */
export const ANSWER = object<StudyAnswer>(
  {
    ...WHO,
    promptId: string,
    sample: optional(number),
    key: optional(string),
    prompt: string,
    category: string,
    facts: list(object<AskedFact>(ASKED_FACT, OPEN)),
    text: nullable(string),
    tokens: optional(number),
    finish: literal('stop', 'length', 'refusal', 'error', 'unknown'),
    reasoning: optional(string),
    furtherTurns: optional(list(string)),
    error: optional(FAILURE),
    latency: optional(number),
    batch: optional(number),
    labels: list(
      object<StudyAnswer['labels'][number]>(
        { start: number, end: number, label: literal('correct', 'ambiguous', 'incorrect') },
        OPEN,
      ),
    ),
    confidence: nullable(number),
    evidence: LIVE,
  },
  OPEN,
);

/** Lines of `facts.jsonl`. */
export const FACT = object<FactAnswer>(
  {
    ...WHO,
    ...ASKED_FACT,
    promptId: string,
    question: string,
    reference: string,
    text: nullable(string),
    correct: nullable(boolean),
    stated: nullable(boolean),
    confidence: nullable(number),
  },
  OPEN,
);

/** Lines of `prompts.jsonl`. */
export const PROMPT = object<Prompt>(
  {
    id: string,
    text: string,
    category: optional(string),
    reference: optional(string),
    furtherTurns: optional(list(object<PromptTurn>({ text: string, reference: optional(string) }, OPEN))),
    source: string,
  },
  OPEN,
);

/**
 * Parses the lines of a study's file.
 *
 * @throws {Error} naming file, line and field of what does not pass the guard.
 */
export function parseLines<Line>(text: string, name: string, guard: Guard<Line>): Line[] {
  return parseJsonl(text, name).map(({ at, value }) => {
    if (accepts(guard, value)) return value;
    throw new Error(`Cannot read ${at}: ${guard.problem(value, 'the line')}`);
  });
}

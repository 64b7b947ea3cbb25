import { type Benchmark, benchmark } from '../../evaluate/index.ts';
import { exactMatch, normalizeAnswer, splitSentences } from '../../text/index.ts';
import { readClaims } from '../../world/index.ts';
import { type Asked, type Example, markedPrompt } from './few-shot.ts';

/** A question with all of its correct answers. */
export interface Question {
  id: string;
  question: string;
  answers: readonly string[];
  /** Relation that it asks for; where known, an answer in a sentence is parsed. */
  relation?: string;
}

/** Most tokens of an answer: room for a sentence around the name. */
const MAX_TOKENS = 48;

/**
 * Makes a benchmark of facts by the answers that a model writes: after examples, or as a user's question in its role
 * tokens. `exact-match` is Natural Questions' of the first line, or of the object that a sentence in it states about the
 * question, so that a fact in a sentence counts as known; `stated` is whether a correct answer occurs anywhere in the
 * text.
 *
 * @see Gudibande et al. 2023, Table 8
 */
export function factsBenchmark(
  questions: readonly Asked<Question>[],
  examples: readonly Example[],
): Benchmark<Asked<Question>> {
  return benchmark({
    name: 'facts',
    shots: examples.length,
    items: questions,
    buildPrompt: item => ({
      prompt: markedPrompt(item, examples, { stop: ['\n'] }),
      maxTokens: MAX_TOKENS,
    }),
    score: ({ answers, ...question }, { text }) => ({
      'exact-match': exactMatch(shortAnswer(question, text), answers) ? 1 : 0,
      stated: answers.some(answer => holds(text, answer)) ? 1 : 0,
    }),
  });
}

/** Returns the first line that is not blank; or its object, if it states one about the question's subject and relation. */
function shortAnswer({ question, relation }: Omit<Question, 'answers'>, text: string): string {
  const line = text.split('\n').find(found => found.trim() !== '') ?? '';
  const [sentence] = splitSentences(line);
  const claim = readClaims(sentence?.text ?? '').find(
    found => found.relation === relation && question.includes(found.subject),
  );
  return claim?.object ?? line;
}

/** Returns whether a text contains the words of an answer, in their order. */
function holds(text: string, answer: string): boolean {
  return ` ${normalizeAnswer(text)} `.includes(` ${normalizeAnswer(answer)} `);
}

import type { SentenceLabel } from '../schema.ts';
import { promptKey } from '../text/index.ts';
import type { Answers } from './answers.ts';
import { parseDocument } from './parse-document.ts';
import { ReadError, shown } from './read-error.ts';

/** A span that annotators wrote down and that is not found as they wrote it. */
export interface UnplacedSpan {
  promptId: string;
  quote: string;
  /** Reason why it has no place. */
  reason: 'does not occur in the answer' | 'occurs in the answer more than once';
}

/** ChatGPT's answers with the spans that annotators of HaluEval found hallucinated. */
export interface HaluEval {
  answers: Answers;
  /** Spans that occur verbatim in their answer, once. */
  labels: SentenceLabel[];
  /** The others: where they belong is not guessed. */
  unplaced: UnplacedSpan[];
}

const MODEL = 'ChatGPT';

/**
 * Reads HaluEval's general queries in the version that holds spans: JSON Lines of `user_query`, `chatgpt_response` and
 * `hallucination_spans`. A prompt's id is the key of its text.
 *
 * @throws {ReadError} naming file and line of what is no such row.
 * @see Li et al. 2023, HaluEval
 * @example
 * const row = { user_query: 'Add 1 and 1.', chatgpt_response: 'It is 3.', hallucination_spans: ['is 3'] }
 * parseHaluEval(JSON.stringify(row), 'general.jsonl').labels[0]?.start // 3
 */
export function parseHaluEval(text: string, name: string): HaluEval {
  const read: HaluEval = {
    answers: { format: 'halu-eval', name, prompts: [], generations: [] },
    labels: [],
    unplaced: [],
  };
  const known = new Set<string>();
  for (const { at, value } of parseDocument(text, name).rows) {
    const { user_query: query, chatgpt_response: answer, hallucination_spans: spans } = value;
    if (typeof query !== 'string' || typeof answer !== 'string' || !isTexts(spans)) {
      const required = 'user_query, chatgpt_response and hallucination_spans';
      throw new ReadError({ at, required, found: shown(value) });
    }
    const promptId = promptKey(query);
    if (known.has(promptId)) continue;
    known.add(promptId);
    read.answers.prompts.push({ id: promptId, text: query, source: name });
    read.answers.generations.push({
      promptId,
      model: MODEL,
      text: answer,
      finish: 'unknown',
      evidence: 'public',
    });
    for (const quote of new Set(spans)) {
      const start = answer.indexOf(quote);
      const again = answer.indexOf(quote, start + 1) >= 0;
      if (start < 0) read.unplaced.push({ promptId, quote, reason: 'does not occur in the answer' });
      else if (again) read.unplaced.push({ promptId, quote, reason: 'occurs in the answer more than once' });
      else {
        const end = start + quote.length;
        read.labels.push({
          promptId,
          model: MODEL,
          start,
          end,
          quote,
          label: 'incorrect',
          annotator: 'HaluEval',
          source: 'human',
        });
      }
    }
  }
  return read;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string' && item !== '');
}

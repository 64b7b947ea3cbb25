import type { LanguageModel } from '../chat/index.ts';
import { runningSignal } from '../notebook/index.ts';
import type { OnProgress } from '../runs/index.ts';
import type { Dialogue } from '../schema.ts';
import { seededRandom } from '../stats/index.ts';
import { promptKey } from '../text/index.ts';
import { CallTally, type CollectedSet } from './collected-set.ts';
import { fillTemplate } from './fill-template.ts';
import { inOrder } from './in-order.ts';
import { loadPaperData, type QaPair } from './paper.ts';

/** Seed pairs in one prompt. */
const SHOTS = 5; // Appendix A

/** Temperature at which the teacher writes. */
const TEMPERATURE = 1; // Appendix A

/** Pairs in the paper's set. */
const PAIRS = 6000; // §3

/** Calls in a row that bring no new pair before the teacher counts as out of ideas. */
const BARREN = 50;

/** Options of {@link buildNqSynthetic}. */
export interface NqSyntheticOptions {
  /** Pairs to collect; default 6,000. */
  count?: number;
  /** Seed of what is drawn, and of the teacher's sampling; default 0. */
  seed?: number;
  /** Pairs to begin from; default the paper's Table 3. */
  pairs?: readonly QaPair[];
  /** Calls that are made before their answers are looked at; default 8. The set does not depend on it. */
  round?: number;
  /** Most tokens of one answer; default 512. */
  maxTokens?: number;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the number of collected pairs, of all. */
  onProgress?: OnProgress;
}

/**
 * Collects questions and short answers like those of Natural Questions: the teacher continues from five pairs drawn
 * from the seed pairs, again and again, and pairs that it wrote before are dropped. Collected through a model that
 * keeps its calls, a killed run resumes where it stopped.
 *
 * @throws {RangeError} if there are fewer than five seed pairs.
 * @throws the signal's reason, once it is aborted.
 * @see Gudibande et al. 2023, Appendix A, Tables 3 and 4
 * @example
 * // Given teacher.
 * const set = await buildNqSynthetic(teacher, { count: 1 })
 * set.dialogues.length // 1
 */
export async function buildNqSynthetic(
  teacher: LanguageModel,
  options: NqSyntheticOptions = {},
): Promise<CollectedSet> {
  const {
    count = PAIRS,
    seed = 0,
    round = 8,
    maxTokens = 512,
    signal = runningSignal(),
    onProgress,
  } = options;
  const seeds = options.pairs ?? (await loadPaperData('table3')).pairs;
  const { template } = await loadPaperData('table4');
  if (seeds.length < SHOTS)
    throw new RangeError(`Cannot collect pairs: ${SHOTS} seed pairs are required, found ${seeds.length}`);
  const found = new PairCollection(count);
  const calls = new CallTally();
  const report = () => {
    const task = `collect pairs from ${teacher.name}`;
    onProgress?.({ task, done: found.pairs.size, total: count, unit: 'pairs' });
  };
  let ended: CollectedSet['ended'] = 'complete';
  report();
  const sampling = seededRandom(`nq-synthetic/${seed}`).integer(2 ** 31);
  const promptOf = (call: number) => ({
    id: `${call}`,
    text: nqPrompt(template, seededRandom(`nq-synthetic/${seed}/${call}`).shuffle(seeds).slice(0, SHOTS)),
  });
  for (let first = 0; found.pairs.size < count && ended === 'complete'; first += round) {
    const prompts = Array.from({ length: round }, (_, index) => promptOf(first + index));
    const asked = { maxTokens, temperature: TEMPERATURE, seed: sampling, chat: true, signal };
    const answers = await inOrder(teacher, prompts, asked);
    for (const { text, finish } of answers) {
      if (text === null) continue;
      found.add(parseQaPairs(text, { cut: finish === 'length' }));
      report();
    }
    if (calls.addRound(answers)) ended = 'failed';
    else if (found.barren >= BARREN) ended = 'nothing new';
  }
  const answered = calls.calls - calls.failed;
  return {
    name: 'nq-synthetic',
    dialogues: [...found.pairs.values()].map(asDialogue),
    counts: [
      { step: 'calls that were answered', before: calls.calls, after: answered },
      { step: 'answers that hold a pair', before: answered, after: found.parsed },
      { step: `each pair once, ${count} at the most`, before: found.written, after: found.pairs.size },
    ],
    ...calls.outcome,
    missing: 0,
    ended,
  };
}

/** Pairs that a teacher wrote, each once. */
class PairCollection {
  readonly #most: number;
  readonly pairs = new Map<string, QaPair>();
  /** Answers that held a pair. */
  parsed = 0;
  /** Pairs of all answers. */
  written = 0;
  /** Answers in a row without a new pair. */
  barren = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Adds the new pairs of an answer. */
  add(pairs: readonly QaPair[]): void {
    const before = this.pairs.size;
    if (pairs.length > 0) this.parsed++;
    this.written += pairs.length;
    for (const pair of pairs) {
      const key = promptKey(`${pair.question} ${pair.answer}`.toLowerCase());
      if (this.pairs.size < this.#most && !this.pairs.has(key)) this.pairs.set(key, pair);
    }
    this.barren = this.pairs.size > before ? 0 : this.barren + 1;
  }
}

/** Fills the prompt of Table 4 with these pairs. */
function nqPrompt(template: string, pairs: readonly QaPair[]): string {
  const values = pairs.flatMap(({ question, answer }, index) => [
    [`question ${index + 1}`, question],
    [`answer ${index + 1}`, answer],
  ]);
  return fillTemplate(template, Object.fromEntries(values));
}

/** A question on a line that begins with `Q:`, numbered or not, and its answer on the next that is not empty. */
const PAIR = /^[ \t]*(?:\d+[.)][ \t]*)?Q\d*:[ \t]*(\S.*?)[ \t]*\n\s*A\d*:[ \t]*(\S.*?)[ \t]*$/gm;

/**
 * Parses the pairs that a teacher wrote as `Q: …` and `A: …`; what it says around them, and a pair cut off, are left
 * out.
 *
 * @param options.cut states that the text was cut by length, and so is a pair that ends with it.
 */
export function parseQaPairs(text: string, { cut = false }: { cut?: boolean } = {}): QaPair[] {
  const lines = text.replaceAll('\r\n', '\n');
  return [...lines.matchAll(PAIR)].flatMap(({ 0: pair, 1: question = '', 2: answer = '', index }) =>
    cut && index + pair.length === lines.length ? [] : [{ question, answer }],
  );
}

function asDialogue({ question, answer }: QaPair, index: number): Dialogue {
  return {
    id: `nq-synthetic-${index + 1}`,
    turns: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  };
}

import type { LanguageModel } from '../chat/index.ts';
import { runningSignal } from '../notebook/index.ts';
import type { OnProgress } from '../runs/index.ts';
import type { Dialogue } from '../schema.ts';
import { seededRandom } from '../stats/index.ts';
import { CallTally, type CollectedSet } from './collected-set.ts';
import { fillTemplate } from './fill-template.ts';
import { inOrder } from './in-order.ts';
import { loadPaperData } from './paper.ts';

/** A document with a summary of it. */
export interface SummaryPair {
  passage: string;
  summary: string;
}

/** A document to be summarized. */
export interface TldrDocument {
  id: string;
  text: string;
}

/** Options of {@link buildTldrSynthetic}. */
export interface TldrSyntheticOptions {
  /** Documents with summaries, of which two at random show the style. */
  examples: readonly SummaryPair[];
  /** Tokens of a text, as the teacher counts them. */
  countTokens: (text: string) => number;
  /** Most tokens of the prompt: with two examples, else with one; default 3,072. */
  room?: number;
  /** Most tokens of a summary; default 256. */
  maxTokens?: number;
  /** Seed of what is drawn and sampled; default 0. */
  seed?: number;
  /** Divides the logits before sampling; default 0. The paper names none. */
  temperature?: number;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the number of summarized documents, of all. */
  onProgress?: OnProgress;
}

/** Documents that are prepared and asked at a time. */
const CHUNK = 256;

/** The part of Table 5 that shows the second example. */
const SECOND = 'Document: {passage 2}\nSummary: {summary 2}\n\n';

/**
 * Collects summaries of documents in the style of examples: each prompt shows the teacher two at random, or one
 * where two do not fit. A document that does not fit at all is left out, and counted.
 *
 * In the set, a user's turn is the document as the prompt's last lines have it, since the paper does not say
 * how the student is asked.
 *
 * @param documents to be summarized.
 * @throws {RangeError} if there are fewer than two examples.
 * @throws the signal's reason, once it is aborted.
 * @see Gudibande et al. 2023, Appendix A, Table 5
 * @example
 * // Given teacher.
 * const examples = [{ passage: 'Rain fell all day.', summary: 'Rain.' }, { passage: 'The sun shone.', summary: 'Sun.' }]
 * const documents = [{ id: '1', text: 'Snow covered the town.' }]
 * const set = await buildTldrSynthetic(teacher, documents, { examples, countTokens: text => text.length })
 * set.dialogues.length // 1
 */
export async function buildTldrSynthetic(
  teacher: LanguageModel,
  documents: readonly TldrDocument[],
  options: TldrSyntheticOptions,
): Promise<CollectedSet> {
  const { examples, countTokens, room = 3072, maxTokens = 256, seed = 0, temperature = 0 } = options;
  const { signal = runningSignal(), onProgress } = options;
  if (examples.length < 2)
    throw new RangeError(`Cannot collect summaries: two examples are required, found ${examples.length}`);
  const { template } = await loadPaperData('table5');

  const promptOf = (document: TldrDocument) => {
    const [first, second] = seededRandom(`tldr-synthetic/${seed}/${document.id}`).shuffle(examples);
    if (!first || !second) return [];
    const prompts = tldrPrompts(template, document, first, second);
    const text = prompts.find(prompt => countTokens(prompt) <= room);
    return text === undefined ? [] : [{ id: document.id, text }];
  };
  const report = (done: number) => {
    const task = `collect summaries from ${teacher.name}`;
    onProgress?.({ task, done, total: documents.length, unit: 'documents' });
  };

  const dialogues: Dialogue[] = [];
  const calls = new CallTally();
  let ended: CollectedSet['ended'] = 'complete';
  report(0);
  for (let start = 0; start < documents.length && ended === 'complete'; start += CHUNK) {
    const chunk = documents.slice(start, start + CHUNK);
    const byId = new Map(chunk.map(document => [document.id, document]));
    const asked = { maxTokens, temperature, seed, chat: true, signal };
    const answers = await inOrder(teacher, chunk.flatMap(promptOf), asked);
    for (const { promptId, text, finish } of answers) {
      const document = byId.get(promptId);
      if (text !== null && finish !== 'length' && document) dialogues.push(asDialogue(document, text));
    }
    if (calls.addRound(answers)) ended = 'failed';
    report(Math.min(start + CHUNK, documents.length));
  }
  const answered = calls.calls - calls.failed;
  return {
    name: 'tldr-synthetic',
    dialogues,
    counts: [
      { step: 'prompt and document fit', before: documents.length, after: calls.calls },
      { step: 'answered', before: calls.calls, after: answered },
      { step: 'not cut by length', before: answered, after: dialogues.length },
    ],
    ...calls.outcome,
    missing: calls.failed,
    ended,
  };
}

/** Fills the prompt of Table 5: with two examples, and with one. */
function tldrPrompts(
  template: string,
  { text }: TldrDocument,
  first: SummaryPair,
  second: SummaryPair,
): string[] {
  const one = { 'passage 1': first.passage, 'summary 1': first.summary, 'query document': text };
  const two = { ...one, 'passage 2': second.passage, 'summary 2': second.summary };
  return [fillTemplate(template, two), fillTemplate(template.replace(SECOND, ''), one)];
}

function asDialogue({ id, text }: TldrDocument, summary: string): Dialogue {
  return {
    id,
    turns: [
      { role: 'user', content: `Document: ${text}\nSummary:` },
      { role: 'assistant', content: summary.trim() },
    ],
  };
}

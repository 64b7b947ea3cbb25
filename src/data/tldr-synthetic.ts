import type { LanguageModel } from '../chat/index.ts';
import { runningSignal } from '../notebook/index.ts';
import type { OnProgress } from '../runs/index.ts';
import type { Dialogue } from '../schema.ts';
import { seededRandom } from '../stats/index.ts';
import type { CollectedSet } from './collected-set.ts';
import { fillTemplate } from './fill-template.ts';
import { inOrder } from './in-order.ts';
import { loadPaperData } from './paper.ts';

/** A document with a summary of it. */
export interface SummaryPair {
  passage: string;
  summary: string;
}

/** Options of {@link tldrSynthetic}. */
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
 */
export async function buildTldrSynthetic(
  teacher: LanguageModel,
  documents: readonly { id: string; text: string }[],
  options: TldrSyntheticOptions,
): Promise<CollectedSet> {
  const { examples, countTokens, room = 3072, maxTokens = 256, seed = 0, temperature = 0 } = options;
  const { signal = runningSignal(), onProgress } = options;
  if (examples.length < 2)
    throw new RangeError(`Cannot collect summaries: two examples are required, found ${examples.length}`);
  const { template } = await loadPaperData('table5');

  const promptOf = (document: { id: string; text: string }): string | undefined => {
    const [first, second] = seededRandom(`tldr-synthetic/${seed}/${document.id}`).shuffle(examples);
    if (!first || !second) return undefined;
    const one = { 'passage 1': first.passage, 'summary 1': first.summary, 'query document': document.text };
    const two = { ...one, 'passage 2': second.passage, 'summary 2': second.summary };
    const prompts = [fillTemplate(template, two), fillTemplate(template.replace(SECOND, ''), one)];
    return prompts.find(prompt => countTokens(prompt) <= room);
  };

  const dialogues: Dialogue[] = [];
  const tally = { fitting: 0, calls: 0, failed: 0, reason: undefined as string | undefined };
  let ended: CollectedSet['ended'] = 'complete';
  const report = (done: number) =>
    onProgress?.({
      task: `collect summaries from ${teacher.name}`,
      done,
      total: documents.length,
      unit: 'documents',
    });
  report(0);
  for (let start = 0; start < documents.length && ended === 'complete'; start += CHUNK) {
    const chunk = documents.slice(start, start + CHUNK);
    const prompts = chunk.flatMap(document => {
      const text = promptOf(document);
      return text === undefined ? [] : { id: document.id, text };
    });
    const byId = new Map(chunk.map(document => [document.id, document]));
    tally.fitting += prompts.length;
    let failed = 0;
    for (const { promptId, text, error } of await inOrder(teacher, prompts, {
      maxTokens,
      temperature,
      seed,
      chat: true,
      signal,
    })) {
      tally.calls++;
      const document = byId.get(promptId);
      if (text === null || !document) {
        failed++;
        tally.reason ??= error;
      } else dialogues.push(asDialogue(document, text));
    }
    tally.failed += failed;
    if (prompts.length > 0 && failed === prompts.length) ended = 'failed';
    report(Math.min(start + CHUNK, documents.length));
  }
  return {
    name: 'tldr-synthetic',
    dialogues,
    counts: [
      { step: 'prompt and document fit', before: documents.length, after: tally.fitting },
      { step: 'answered', before: tally.fitting, after: dialogues.length },
    ],
    calls: tally.calls,
    failed: { calls: tally.failed, reason: tally.reason },
    ended,
  };
}

function asDialogue({ id, text }: { id: string; text: string }, summary: string): Dialogue {
  return {
    id,
    turns: [
      { role: 'user', content: `Document: ${text}\nSummary:` },
      { role: 'assistant', content: summary.trim() },
    ],
  };
}

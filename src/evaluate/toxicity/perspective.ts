import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { type Patience, postJson } from '../../chat/index.ts';
import { readIfExists, writeFileAtomic } from '../../files/index.ts';
import { runningSignal } from '../../notebook/index.ts';
import { isRecord } from '../../readers/index.ts';
import { Unscored } from '../benchmark.ts';
import type { ToxicityJudge } from './toxicity-judge.ts';

/** Address of Perspective. */
const PERSPECTIVE = 'https://commentanalyzer.googleapis.com';

/** Longest text that Perspective takes, in bytes of UTF-8. */
const LONGEST = 20_480;

/** Options of {@link perspective}. */
export interface PerspectiveOptions extends Patience {
  /** Default Google's own server. */
  base?: string | undefined;
  /** The environment variable with the key; default `PERSPECTIVE_API_KEY`. */
  apiKeyEnv?: string | undefined;
  /** Texts asked each second; default 1, what a new key may. */
  perSecond?: number | undefined;
  /** A folder that keeps every answer by its text, so that none is asked for twice. */
  cache?: string | undefined;
  /** Language of the texts, ISO 639-1; default `en`. */
  language?: string | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/**
 * Connects to Perspective's attribute TOXICITY, from its API `commentanalyzer v1alpha1`. The texts are not kept
 * there.
 *
 * @throws {Error} without a key.
 * @example
 * // Given student.
 * const items = [{ id: '1', prompt: 'You are' }]
 * await evaluate(student, realToxicityPrompts({ judge: perspective({ cache: 'runs/perspective' }), items }))
 */
export function perspective(options: PerspectiveOptions = {}): ToxicityJudge {
  const { base = PERSPECTIVE, apiKeyEnv = 'PERSPECTIVE_API_KEY', perSecond = 1, cache } = options;
  const { language = 'en', signal = runningSignal() } = options;
  if (!(perSecond > 0))
    throw new RangeError(`Cannot ask Perspective: perSecond must be above 0, found ${perSecond}`);
  const key = process.env[apiKeyEnv]?.trim();
  if (!key) throw new Error(`Cannot ask Perspective: a key is required in ${apiKeyEnv}, found none`);
  const url = `${base}/v1alpha1/comments:analyze`;
  const turn = pLimit(1);
  let next = 0;
  /** Starts calls apart; how long they take does not matter. */
  const wait = () =>
    turn(async () => {
      await sleep(Math.max(0, next - Date.now()), undefined, signal && { signal });
      next = Date.now() + 1000 / perSecond;
    });

  async function toxicity(text: string): Promise<number> {
    const bytes = Buffer.byteLength(text);
    if (bytes > LONGEST) throw new Unscored(`Perspective takes texts up to ${LONGEST} bytes, found ${bytes}`);
    const id = createHash('sha256').update(`${language}\n${text}`).digest('hex');
    const kept = cache && (await readIfExists(join(cache, id.slice(0, 2), `${id}.json`)));
    if (kept !== undefined) return toxicityOf(JSON.parse(kept));
    await wait();
    const body = {
      comment: { text },
      languages: [language],
      requestedAttributes: { TOXICITY: {} },
      doNotStore: true,
    };
    const { value: found } = await postJson(url, {
      ...options,
      body,
      key,
      keyHeader: 'x-goog-api-key',
      accepts: (value): value is object => isRecord(value) && Number.isFinite(toxicityOf(value)),
      seed: id,
      signal: signal ?? new AbortController().signal,
    }).catch((error: Error) => {
      signal?.throwIfAborted();
      throw new Unscored(error.message, { cause: error });
    });
    if (cache) await writeFileAtomic(join(cache, id.slice(0, 2), `${id}.json`), `${JSON.stringify(found)}\n`);
    return toxicityOf(found);
  }
  return { name: 'Perspective', toxicity };
}

/** Returns the score of the whole text; NaN where the answer holds none. */
function toxicityOf(answer: object): number {
  const { attributeScores } = answer as {
    attributeScores?: { TOXICITY?: { summaryScore?: { value?: unknown } } };
  };
  const value = attributeScores?.TOXICITY?.summaryScore?.value;
  return typeof value === 'number' ? value : Number.NaN;
}

import { type FetchOptions, loadText } from '../../data/index.ts';
import { isRecord, parseJsonl, ReadError, type Row, shown } from '../../readers/index.ts';
import type { RatedText } from './surrogate.ts';

/** A prompt of RealToxicityPrompts with the sentence's own continuation, each as Perspective rated it. */
export interface ToxicPrompt {
  id: string;
  prompt: string;
  /** Prompt and continuation where Perspective rated them. */
  rated: { prompt: RatedText | undefined; continuation: RatedText | undefined };
}

/**
 * Reads RealToxicityPrompts: JSON Lines of `prompt` and `continuation`, each `text` and `toxicity`.
 *
 * @throws {ReadError} naming file and line of what is no such row.
 * @see Gehman et al. 2020, RealToxicityPrompts
 */
export function readToxicPrompts(text: string, name: string): ToxicPrompt[] {
  return parseJsonl(text, name).map((row, index) => {
    const [prompt, continuation] = [partOf(row, 'prompt'), partOf(row, 'continuation')];
    return {
      id: String(index),
      prompt: prompt.text,
      rated: { prompt: ratedOf(prompt), continuation: ratedOf(continuation) },
    };
  });
}

/** The 5,000 prompts of the public record. */
export async function toxicPrompts(options: FetchOptions = {}): Promise<ToxicPrompt[]> {
  const { text, name } = await loadText('realtoxicityprompts/val', options);
  return readToxicPrompts(text, name);
}

interface Part {
  text: string;
  toxicity: number | null;
}

function partOf({ at, value }: Row, key: string): Part {
  const part = value[key];
  if (isRecord(part)) {
    const { text, toxicity = null } = part;
    if (typeof text === 'string' && (toxicity === null || typeof toxicity === 'number'))
      return { text, toxicity };
  }
  throw new ReadError({ at, required: `text and toxicity under "${key}"`, found: shown(part) });
}

function ratedOf({ text, toxicity }: Part): RatedText | undefined {
  return toxicity === null ? undefined : { text, toxicity };
}

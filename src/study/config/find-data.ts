import { createHash } from 'node:crypto';
import { loadTexts } from '../../data/index.ts';
import { parseDialogues } from '../../readers/index.ts';
import { messageOf } from '../../runs/index.ts';
import type { Dialogue } from '../../schema.ts';
import { gpt2Tokenizer } from '../../tokenize/index.ts';
import type { ImitationData } from './study.ts';

/** A set of imitation data, as far as its files exist. */
export interface FoundData {
  kind: ImitationData;
  sources: readonly string[];
  /** Identity of its files' content: 20 hexadecimal digits; null where one cannot be read. */
  fingerprint: string | null;
  dialogues: number;
  /** Estimated number, by GPT-2's tokenizer on a sample. */
  tokens: number;
  /** Reasons why it cannot be read. */
  missing: readonly string[];
}

/** Number of dialogues whose tokens are counted; those of the rest follow from their characters. */
const SAMPLE = 500;

/** Reads a set of imitation data, to check that it can be read and to count it. */
export async function findData(kind: ImitationData, sources: readonly string[]): Promise<FoundData> {
  try {
    const texts = await loadTexts(sources);
    const hash = createHash('sha256');
    for (const { text } of texts) hash.update(text);
    const dialogues = dialoguesOf(texts);
    const missing = dialogues.length === 0 ? [`no dialogue with an answer in ${sources.join(', ')}`] : [];
    const fingerprint = missing.length === 0 ? hash.digest('hex').slice(0, 20) : null;
    const tokens = await aboutTokens(dialogues);
    return { kind, sources, fingerprint, dialogues: dialogues.length, tokens, missing };
  } catch (error) {
    return { kind, sources, fingerprint: null, dialogues: 0, tokens: 0, missing: [messageOf(error)] };
  }
}

/** Reads the dialogues of a set that have an answer to train on. */
export async function readData(sources: readonly string[]): Promise<Dialogue[]> {
  return dialoguesOf(await loadTexts(sources));
}

function dialoguesOf(texts: readonly { text: string; name: string }[]): Dialogue[] {
  return texts
    .flatMap(({ text, name }) => parseDialogues(text, name))
    .filter(({ turns }) => turns.some(({ role }) => role === 'assistant'));
}

/** Role tokens of a turn, on average: one that begins it, and in an answer one that ends it. */
const TURN = 1.5;

async function aboutTokens(dialogues: readonly Dialogue[]): Promise<number> {
  const every = Math.max(1, Math.floor(dialogues.length / SAMPLE));
  const { encode } = await gpt2Tokenizer();
  let [characters, sampled, tokens, turns] = [0, 0, 0, 0];
  for (const [index, dialogue] of dialogues.entries()) {
    const text = dialogue.turns.map(({ content }) => content).join('\n');
    characters += text.length;
    turns += dialogue.turns.length;
    if (index % every !== 0) continue;
    sampled += text.length;
    tokens += encode(text).length;
  }
  return Math.round((characters * tokens) / Math.max(1, sampled) + TURN * turns);
}

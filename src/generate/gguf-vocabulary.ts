import { readGgufHeader } from '../files/index.ts';
import { GGUF_TOKENIZERS, ggufTokenizer } from '../tokenize/index.ts';
import type { Vocabulary } from './read-vocabulary.ts';

/** Statements of a GGUF file about its special tokens and its chats. */
export interface GgufTokens {
  /** The token that begins a text, and whether it is put before every one. */
  bos?: number | undefined;
  addBos: boolean;
  /** The token that ends a text. */
  eos?: number | undefined;
  unknown?: number | undefined;
  padding?: number | undefined;
  /** All tokens that end an answer: a text's end, a turn's, a message's. */
  ends: readonly number[];
  /** The Jinja template of conversations. */
  template?: string | undefined;
}

/**
 * Reads what a GGUF file states of its special tokens.
 *
 * @param metadata the file's metadata by their keys.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export function ggufTokens(metadata: ReadonlyMap<string, unknown>): GgufTokens {
  const value = (name: string) => metadata.get(`tokenizer.ggml.${name}`);
  const id = (name: string) => {
    const found = value(`${name}_token_id`);
    return typeof found === 'number' ? found : undefined;
  };
  // Where a file does not say, llama.cpp begins SentencePiece's texts and LLaMA 3's.
  const startsWithBos = value('model') === GGUF_TOKENIZERS.sentencePiece || value('pre') === 'llama-bpe';
  const stated = value('add_bos_token');
  const ends = ['eos', 'eot', 'eom'].flatMap(name => id(name) ?? []);
  const template = metadata.get('tokenizer.chat_template');
  return {
    bos: id('bos'),
    addBos: typeof stated === 'boolean' ? stated : startsWithBos,
    eos: id('eos'),
    unknown: id('unknown'),
    padding: id('padding'),
    ends: [...new Set(ends)],
    template: typeof template === 'string' ? template : undefined,
  };
}

/**
 * Reads how a GGUF file writes and reads text: tokenizer, special tokens and chat template, all from its header.
 *
 * @throws {ReadError} if the file is not what the format allows.
 * @throws {Error} if its vocabulary is of a kind that is not read here.
 */
export async function ggufVocabulary(path: string): Promise<Vocabulary> {
  const { metadata } = await readGgufHeader(path);
  const tokenizer = await ggufTokenizer(metadata);
  const { bos, addBos, eos, ends, template } = ggufTokens(metadata);
  const textOf = (id: number | undefined) => (id === undefined ? undefined : tokenizer.tokenText(id));
  return { tokenizer, begin: addBos ? bos : undefined, ends, template, bos: textOf(bos), eos: textOf(eos) };
}

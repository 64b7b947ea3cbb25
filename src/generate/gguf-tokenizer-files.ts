import { GGUF_TOKENIZERS, ggufTokenizerJson, type TokenizerJson } from '../tokenize/index.ts';
import { ggufTokens } from './gguf-vocabulary.ts';

/** Contents of a folder's files by their names: JSON, or text. */
export type FolderFiles = Readonly<Record<string, object | string>>;

/**
 * Makes the files in which Hugging Face's layout holds what a GGUF file states of its text: `tokenizer.json`,
 * `tokenizer_config.json`, `generation_config.json` and, where there is a template, `chat_template.jinja`.
 *
 * @param metadata the file's metadata by their keys.
 * @throws {Error} if its vocabulary is not byte-level BPE: a SentencePiece vocabulary has no `tokenizer.json`.
 */
export function ggufTokenizerFiles(metadata: ReadonlyMap<string, unknown>): FolderFiles {
  const kind = metadata.get('tokenizer.ggml.model');
  if (kind !== GGUF_TOKENIZERS.byteLevelBpe)
    throw new Error(
      `Cannot convert the tokenizer: byte-level BPE ("gpt2") is required, found ${JSON.stringify(kind)}; the model's own folder, as the hub has it, holds a tokenizer for Transformers`,
    );
  const json = ggufTokenizerJson(metadata);
  const { bos, addBos, eos, unknown, padding, ends, template } = ggufTokens(metadata);
  const tokens = metadata.get('tokenizer.ggml.tokens') as readonly string[];
  const named = (key: string, id: number | undefined) => (id === undefined ? {} : { [key]: tokens[id] });
  return {
    'tokenizer.json': addBos && bos !== undefined ? beginning(json, bos, tokens[bos] ?? '') : json,
    'tokenizer_config.json': {
      tokenizer_class: 'PreTrainedTokenizerFast',
      ...named('bos_token', bos),
      ...named('eos_token', eos),
      ...named('unk_token', unknown),
      ...named('pad_token', padding),
      model_max_length: metadata.get(`${metadata.get('general.architecture')}.context_length`),
      clean_up_tokenization_spaces: false,
    },
    'generation_config.json': {
      ...tokenIds(metadata),
      ...(ends.length > 1 ? { eos_token_id: ends } : {}),
    },
    ...(template === undefined ? {} : { 'chat_template.jinja': template }),
  };
}

/** Reads the ids of special tokens, as `config.json` states them. */
export function tokenIds(metadata: ReadonlyMap<string, unknown>): Record<string, number> {
  const { bos, eos, padding } = ggufTokens(metadata);
  const ids = { bos_token_id: bos, eos_token_id: eos, pad_token_id: padding };
  return Object.fromEntries(
    Object.entries(ids).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}

/** Adds a token before every text to a tokenizer. */
function beginning(json: TokenizerJson, id: number, content: string): TokenizerJson {
  const first = { SpecialToken: { id: content, type_id: 0 } };
  const sequence = (name: string, type_id: number) => ({ Sequence: { id: name, type_id } });
  return {
    ...json,
    post_processor: {
      type: 'TemplateProcessing',
      single: [first, sequence('A', 0)],
      pair: [first, sequence('A', 0), { SpecialToken: { id: content, type_id: 1 } }, sequence('B', 1)],
      special_tokens: { [content]: { id: content, ids: [id], tokens: [content] } },
    },
  };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadTokenizer, type Tokenizer } from '../tokenize/index.ts';

/** Tokenizer, chat template and special tokens of a model. */
export interface Vocabulary {
  tokenizer: Tokenizer;
  /** The token put before every text, where the model wants one. */
  begin?: number | undefined;
  /** Tokens that end an answer. */
  ends: readonly number[];
  /** The Jinja template of conversations. */
  template?: string | undefined;
  bos?: string | undefined;
  eos?: string | undefined;
}

interface TokenizerConfig {
  chat_template?: string | { name: string; template: string }[];
  bos_token?: TokenText;
  eos_token?: TokenText;
  add_bos_token?: boolean;
}

type TokenText = string | { content: string } | null;

interface TokenizerFile {
  model: object;
  post_processor?: Processor | null;
}

interface Processor {
  single?: { SpecialToken?: { id: string } }[];
  processors?: Processor[];
}

/**
 * Reads a folder in Hugging Face's layout: its tokenizer, and beside it what `tokenizer_config.json`,
 * `chat_template.jinja`, `generation_config.json` and `config.json` say of it, as far as they are there.
 *
 * @throws {Error} if there is no tokenizer, or a file is not what its format allows.
 */
export async function readVocabulary(folder: string): Promise<Vocabulary> {
  const tokenizer = await loadTokenizer(folder);
  const config = await json<TokenizerConfig>(folder, 'tokenizer_config.json');
  const { model, post_processor } = await json<TokenizerFile>(folder, 'tokenizer.json');
  const endIds = [
    ...(await endsOf(folder, 'generation_config.json')),
    ...(await endsOf(folder, 'config.json')),
  ];
  const bos = textOf(config.bos_token);
  const eos = textOf(config.eos_token);
  const idOf = (text: string | undefined) => (text === undefined ? undefined : tokenizer.special[text]);
  // LLaMA's own `tokenizer.model` does not state it: there, a text begins with a token unless a file says otherwise.
  const first = model ? firstToken(post_processor) : (bos ?? '<s>');
  const begin = config.add_bos_token === false ? undefined : idOf(config.add_bos_token ? bos : first);
  const end = idOf(eos);
  const ends = [...new Set(end === undefined ? endIds : [...endIds, end])];
  return { tokenizer, begin, ends, template: await templateOf(folder, config), bos, eos };
}

function textOf(token: TokenText | undefined): string | undefined {
  return typeof token === 'string' ? token : token?.content;
}

/** Finds the special token that a tokenizer's post-processor puts before a text. */
function firstToken(processor: Processor | null | undefined): string | undefined {
  const inner = processor?.processors?.map(firstToken).find(token => token !== undefined);
  return processor?.single?.[0]?.SpecialToken?.id ?? inner;
}

async function endsOf(folder: string, name: string): Promise<number[]> {
  const { eos_token_id: ends } = await json<{ eos_token_id?: number | number[] | null }>(folder, name);
  return [ends ?? []].flat();
}

async function templateOf(folder: string, { chat_template }: TokenizerConfig): Promise<string | undefined> {
  const file = await textFile(folder, 'chat_template.jinja');
  if (file !== undefined || !Array.isArray(chat_template))
    return file ?? (chat_template as string | undefined);
  return chat_template.find(({ name }) => name === 'default')?.template;
}

async function json<T extends object>(folder: string, name: string): Promise<Partial<T>> {
  const text = await textFile(folder, name);
  try {
    return text === undefined ? {} : JSON.parse(text);
  } catch (cause) {
    throw new Error(`Cannot read ${join(folder, name)}: ${(cause as Error).message}`, { cause });
  }
}

async function textFile(folder: string, name: string): Promise<string | undefined> {
  return readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

import { access } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename } from 'node:path';
import type { Llama, LlamaContext, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import pLimit from 'p-limit';
import { endsInReasoning, readAnswer, renderChat } from '../conversation/index.ts';
import { contentHash, readGgufHeader } from '../files/index.ts';
import { messageOf, secondsSince } from '../runs/index.ts';
import type { ChatMessage } from '../schema.ts';
import { type Answer, answerEach } from './answer-each.ts';
import { Unanswerable } from './call-failed.ts';
import { cutAtStop } from './cut-at-stop.ts';
import { type GenerationSettings, generationSettings, sampleSeed } from './generation-settings.ts';
import type { LanguageModel, Question } from './language-model.ts';
import { llamaCpp } from './llama-cpp.ts';

/** Options of {@link ggufModel}. */
export interface GgufOptions {
  /** The model's name; default the file's. */
  name?: string | undefined;
  /** Tokens of a prompt and its answer together; default what the model was trained on, at most 4,096. */
  contextSize?: number | undefined;
  /**
   * Prompts answered at a time; default 1, where a seed always gives the same answers. With more, llama.cpp
   * sums in an order that depends on what happens to run side by side, and near-ties fall either way.
   */
  concurrency?: number | undefined;
  /** Processor threads; default one fewer than there are cores. */
  threads?: number | undefined;
}

/** A GGUF model in memory. */
export interface GgufModel extends LanguageModel {
  /**
   * Returns the text that `chat` makes of a prompt after earlier turns.
   *
   * @throws {Error} if the model has no chat template.
   */
  chatText(prompt: string, history?: readonly ChatMessage[]): string;
  /** Stops what is being generated and frees the memory; nothing can be generated afterwards. */
  dispose(): Promise<void>;
}

/** Largest context taken by default: its cache is 2 GiB for a 7B model. */
const CONTEXT = 4096;

/**
 * Opens a local GGUF file, run by llama.cpp on the processor. Prompts are read as Transformers reads them:
 * text that spells a special token is that token. Cannot score: llama.cpp's binding gives no cheap
 * log-likelihoods.
 *
 * @throws {ReadError} if the file is not what the format allows, or is cut off.
 * @throws {Error} if the file is missing or no model that llama.cpp computes, or node-llama-cpp is not installed.
 * @example
 * // Needs a GGUF model that llama.cpp computes.
 * const model = await ggufModel('SmolLM2-135M-Instruct.Q4_1.gguf')
 * for await (const { text } of model.generate([{ id: '1', text: 'Hello!' }], { chat: true })) console.log(text)
 */
export async function ggufModel(path: string, options: GgufOptions = {}): Promise<GgufModel> {
  const { name = basename(path), concurrency = 1, threads = Math.max(1, cpus().length - 1) } = options;
  await access(path).catch(cause => {
    throw new Error(`Cannot open ${path}: a GGUF file is required, found none`, { cause });
  });
  // llama.cpp's binding believes what a file states: one of 24 bytes that states 2^32 keys keeps it busy for ever.
  await readGgufHeader(path);
  const identity = `gguf ${await contentHash(path)} by llama.cpp`;
  const { llama } = await llamaCpp();
  const { model, context } = await load(llama, path, {
    contextSize: options.contextSize,
    sequences: concurrency,
    threads,
  });
  const free = Array.from({ length: concurrency }, () => context.getSequence());
  const limit = pLimit(concurrency);
  const disposed = new AbortController();
  const running = new Set<Promise<Answer>>();

  function chatText(prompt: string, history: readonly ChatMessage[] = []): string {
    const template = model.fileInfo.metadata.tokenizer?.chat_template;
    if (template === undefined)
      throw new Error(`Cannot chat with ${name}: a chat template is required, the file holds none`);
    const { bosString: bos, eosString: eos } = model.tokens;
    const messages = [...history, { role: 'user' as const, content: prompt }];
    return renderChat(template, messages, { bos: bos ?? undefined, eos: eos ?? undefined });
  }

  async function answer(
    { text, history, sample }: Question,
    settings: GenerationSettings,
    signal: AbortSignal,
  ): Promise<Answer> {
    const stopped = AbortSignal.any([signal, disposed.signal]);
    stopped.throwIfAborted();
    const prompt = settings.chat ? chatText(text, history) : text;
    const tokens = promptTokens(model, prompt, settings.chat);
    const sequence = free.pop();
    if (!sequence) throw new Error(`Cannot generate: at most ${concurrency} prompts at a time are allowed`);
    const start = performance.now();
    const answered = continueTokens(
      sequence,
      tokens,
      { ...settings, seed: sampleSeed(settings.seed, { sample }) },
      stopped,
    );
    running.add(answered);
    try {
      const { text: written, finish, tokens: count } = await answered;
      const read = readAnswer(written, { finish, opened: endsInReasoning(prompt) });
      return { ...read, ...(count !== undefined && { tokens: count }), latency: secondsSince(start) };
    } finally {
      running.delete(answered);
      free.push(sequence);
    }
  }

  return {
    name,
    // A larger context leaves more room for an answer.
    identity: `${identity} context ${context.contextSize}`,
    parameters: weightsOf(model),
    generate(prompts, generation = {}) {
      const settings = generationSettings(generation);
      const limited = (question: Question, signal: AbortSignal) => limit(answer, question, settings, signal);
      return answerEach(name, prompts, limited, generation);
    },
    chatText,
    async dispose() {
      disposed.abort(new Unanswerable('rejected', `Cannot generate with ${name}: its memory was freed`));
      await Promise.allSettled(running);
      await llama.dispose();
    },
  };
}

/** Loads model and context. @throws {Error} naming the file, with nothing left in memory. */
async function load(
  llama: Llama,
  path: string,
  {
    contextSize,
    sequences,
    threads,
  }: { contextSize?: number | undefined; sequences: number; threads: number },
): Promise<{ model: LlamaModel; context: LlamaContext }> {
  try {
    const model = await llama.loadModel({ modelPath: path });
    const context = await model.createContext({
      contextSize: contextSize ?? Math.min(model.trainContextSize, CONTEXT),
      sequences,
      threads,
    });
    return { model, context };
  } catch (cause) {
    await llama.dispose();
    throw new Error(`Cannot open ${path}: a GGUF model is required, ${messageOf(cause)}`, { cause });
  }
}

/** Counts the weights of a model's file, or files. */
function weightsOf({ fileInfo: { fullTensorInfo } }: LlamaModel): number | undefined {
  return fullTensorInfo?.reduce(
    (sum, { dimensions }) => sum + dimensions.reduce<number>((size, length) => size * Number(length), 1),
    0,
  );
}

/** Returns the tokens of a text, after the token that begins a sequence where the model wants one. */
function promptTokens(model: LlamaModel, text: string, isChat: boolean): Token[] {
  const tokens = model.tokenize(text, true);
  // A chat template writes the token that begins a text where there is to be one.
  if (isChat) return tokens;
  const { bos, shouldPrependBosToken } = model.tokens;
  return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
}

/** @throws {Error} if the prompt fills the context, so that there is no room for an answer. */
async function continueTokens(
  sequence: LlamaContextSequence,
  prompt: Token[],
  { maxTokens, temperature, topP, seed, stop }: GenerationSettings,
  signal: AbortSignal,
): Promise<Answer> {
  const { contextSize, model } = sequence;
  const room = contextSize - prompt.length;
  if (room < 1 || prompt.length === 0)
    throw new Error(
      `Cannot answer a prompt of ${prompt.length} tokens: 1 to ${contextSize - 1} are required in a context of ${contextSize}`,
    );
  // What an earlier prompt left is never shared: a cached beginning changes the last digits of the logits.
  await sequence.clearHistory();
  const sampling = { temperature, topP, topK: 0, minP: 0, seed };
  const answer: Token[] = [];
  const text = () => model.detokenize(answer, false, prompt);
  for await (const token of sequence.evaluate(prompt, { ...sampling, yieldEogToken: true })) {
    signal.throwIfAborted();
    if (model.isEogToken(token)) return { text: text(), tokens: answer.length, finish: 'stop' };
    answer.push(token);
    const cut = stop.length > 0 ? cutAtStop(text(), stop) : undefined;
    if (cut !== undefined) return { text: cut, tokens: answer.length, finish: 'stop' };
    if (answer.length >= Math.min(maxTokens, room)) break;
  }
  return { text: text(), tokens: answer.length, finish: 'length' };
}

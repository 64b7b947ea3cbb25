import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LanguageModel, OpenAiOptions } from '../chat/index.ts';
import { type HubModelOptions, modelPath } from './model-path.ts';

/** Engines that compute a GGUF file. */
export const ENGINES = ['llama.cpp', 'own'] as const;
export type Engine = (typeof ENGINES)[number];

/** Options that name a model, wherever it runs. */
export interface ModelOptions {
  /** A model's folder, a GGUF file, a record of answers, the address of an OpenAI-compatible server, or a hub's OWNER/NAME. */
  model: string;
  /** Engine of a GGUF file: `llama.cpp`, the default, on its quantised weights; or `own`, as float32. */
  engine?: Engine;
  /** Folder of LoRA's adapter for a model's folder, as PEFT writes it. */
  adapter?: string;
  /** The model at the server or in the record. */
  modelName?: string;
  apiKeyEnv?: string;
  /** Prompts at a time. */
  concurrency?: number;
  /** Most tokens that a server may be asked for. */
  maxTotalTokens?: number;
  /** Seconds after which a call to a server has failed. */
  timeout?: number;
  /** Folder in which runs share the calls of a server that were answered; default each run keeps its own. */
  cache?: string;
  /** Further fields of every request to a server; null takes a field away. */
  extra?: Readonly<Record<string, unknown>>;
  /** Further headers of every request to a server; `${NAME}` in a value is an environment variable. */
  headers?: Readonly<Record<string, string>>;
}

/** Parts of a run that opens a model. */
export interface OpeningRun
  extends Pick<OpenAiOptions, 'onCall' | 'price'>,
    Pick<HubModelOptions, 'signal' | 'onProgress'> {
  /** Folder of the run, where `calls` keeps the calls of a server that were answered; default none is kept. */
  folder?: string | undefined;
}

/**
 * Opens the model that options name, loading only what that kind of model needs.
 *
 * @param run receives each call to a server, and keeps them in its folder.
 * @returns the model, and the function that frees it.
 * @throws {Error} if it is neither a model's folder, a GGUF file, a record of answers, an address with the name of
 *   a model, nor the name of a model on the hub.
 * @example
 * const { model, close } = await openModel({ model: 'checkpoints/gpt2' })
 * for await (const { text } of model.generate([{ id: '1', text: 'The dog' }], { maxTokens: 4 })) console.log(text)
 * await close()
 */
export async function openModel(
  options: ModelOptions,
  run: OpeningRun = {},
): Promise<{ model: LanguageModel; close(): Promise<void> }> {
  const { onCall, price, folder, ...fetching } = run;
  const { model, engine, adapter, modelName: name, concurrency } = options;
  const { apiKeyEnv, maxTotalTokens, timeout, extra, headers } = options;
  const { ggufModel, openAiModel, recordedAnswers } = await import('../chat/index.ts');
  const requireNoAdapter = (what: string) => {
    if (adapter !== undefined)
      throw new Error(
        `Cannot add the adapter ${adapter} to ${what}: a model's folder or a .gguf file is required`,
      );
  };
  if (/^https?:/i.test(model)) {
    requireNoAdapter('a server');
    if (name === undefined)
      throw new Error('Cannot ask the server: --model-name is required beside an address, found none');
    const opened = openAiModel({
      model: name,
      base: model,
      concurrency,
      apiKeyEnv,
      budget: { tokens: maxTotalTokens },
      price,
      timeout: timeout === undefined ? undefined : 1000 * timeout,
      cache: options.cache ?? (folder === undefined ? null : join(folder, 'calls')),
      extra,
      headers,
      onCall,
    });
    return { model: opened, close: async () => {} };
  }
  const found = await stat(model).catch(() => undefined);
  if (!found && (await import('../data/index.ts')).isModelName(model)) {
    const path = await modelPath(model, fetching);
    return openModel({ ...options, model: path, modelName: name ?? basename(model) }, run);
  }
  if (found?.isFile() && /\.(jsonl?|ndjson|csv|tsv|parquet)$/i.test(model)) {
    requireNoAdapter('a record of answers');
    const { loadAnswers } = await import('../data/index.ts');
    return { model: recordedAnswers(await loadAnswers(model), { model: name }), close: async () => {} };
  }
  const gguf = found?.isFile() && /\.gguf$/i.test(model);
  if (!gguf && !found?.isDirectory())
    throw new Error(
      `Cannot open ${model}: a model's folder, a .gguf file, a record of answers, the address of an OpenAI-compatible server or a hub's OWNER/NAME is required, found ${
        found ? 'another file' : 'no such file'
      }`,
    );
  if (gguf && engine === 'llama.cpp') requireNoAdapter('a .gguf file that llama.cpp computes');
  if (!gguf || engine === 'own' || adapter !== undefined) {
    const { localModel } = await import('./local-model.ts');
    const opened = await localModel(model, { name, adapter, concurrency });
    return { model: opened, close: async () => opened.dispose() };
  }
  const opened = await ggufModel(model, { name, concurrency });
  return { model: opened, close: opened.dispose };
}

import type { LanguageModel, Likelihood, Scoring } from '../chat/index.ts';
import type { Failure } from '../schema.ts';
import type { GenerateRequest, LoglikelihoodRequest } from './benchmark.ts';
import { isChat, type PromptFormat } from './prompt-format.ts';

/** An item with its request. */
export interface Requested<Item, Request = GenerateRequest | LoglikelihoodRequest> {
  item: Item;
  request: Request;
}

/** Output of a model: a text or log-likelihoods, or null with the reason. */
export interface ModelOutput {
  /** Reasoning before the text, where the model gives it; it is never scored. */
  reasoning?: string;
  text?: string | null;
  logprobs?: number[] | null;
  scoring?: Scoring;
  tokens?: number;
  finish?: string;
  /** Reason why there is none. */
  error?: Failure;
  latency: number | null;
  batch?: number;
}

/** An item with its request and the output. */
export interface Answered<Item> extends Requested<Item>, ModelOutput {}

/** Settings of asking a model. */
export interface AskOptions {
  promptFormat: PromptFormat;
  temperature: number;
  seed: number;
  signal?: AbortSignal | undefined;
}

/**
 * Yields a model's outputs, in the order in which they are ready.
 *
 * @throws {Error} if log-likelihoods are needed and the model reports none, or in a chat that it does not show only
 *   those of single tokens.
 */
export async function* outputsOf<Item extends { id: string }>(
  model: LanguageModel,
  requested: readonly Requested<Item>[],
  options: AskOptions,
): AsyncGenerator<Answered<Item>, void, undefined> {
  const generate: Requested<Item, GenerateRequest>[] = [];
  const score: Requested<Item, LoglikelihoodRequest>[] = [];
  for (const { item, request } of requested) {
    if ('continuations' in request) score.push({ item, request });
    else generate.push({ item, request });
  }
  if (generate.length > 0) yield* generateOutputs(model, generate, options);
  if (score.length > 0) yield* scoreOutputs(model, score, options);
}

/** Sends generate-until requests; those that end alike go together. */
async function* generateOutputs<Item extends { id: string }>(
  model: LanguageModel,
  requested: readonly Requested<Item, GenerateRequest>[],
  { promptFormat, ...settings }: AskOptions,
): AsyncGenerator<Answered<Item>, void, undefined> {
  const groups = new Map<string, Requested<Item, GenerateRequest>[]>();
  for (const each of requested) {
    const key = JSON.stringify([each.request.maxTokens, each.request.stop]);
    const group = groups.get(key) ?? [];
    group.push(each);
    groups.set(key, group);
  }
  for (const group of groups.values()) {
    const { maxTokens, stop } = group[0]?.request ?? {};
    const byId = new Map(group.map(each => [each.item.id, each]));
    const prompts = group.map(({ item, request: { prompt: text, history } }) => ({
      id: item.id,
      text,
      history,
    }));
    for await (const answer of model.generate(prompts, {
      ...settings,
      maxTokens,
      stop,
      chat: isChat(promptFormat),
    })) {
      const { promptId, text, reasoning, tokens, finish, error, latency = null, batch } = answer;
      const from = byId.get(promptId);
      if (!from) continue;
      yield {
        ...from,
        text,
        finish,
        latency,
        ...(reasoning !== undefined && { reasoning }),
        ...(tokens !== undefined && { tokens }),
        ...(batch !== undefined && { batch }),
        ...(error !== undefined && { error }),
      };
    }
  }
}

/** Sends log-likelihood requests; an item is answered once all its continuations are scored. */
async function* scoreOutputs<Item extends { id: string }>(
  model: LanguageModel,
  requested: readonly Requested<Item, LoglikelihoodRequest>[],
  { promptFormat, signal }: AskOptions,
): AsyncGenerator<Answered<Item>, void, undefined> {
  if (!model.scoreEach)
    throw new Error(
      `Cannot evaluate ${model.name}: a model that reports log-likelihoods is required, it reports none`,
    );
  const chat = isChat(promptFormat);
  if (chat && !model.chatText && requested.some(({ request }) => request.missingLogprob === undefined))
    throw new Error(
      `Cannot evaluate ${model.name} in the prompt format ${promptFormat}: log-likelihoods need a model that shows its role tokens, or continuations of one token with a missingLogprob`,
    );
  const continuations = requested.flatMap(({ request }, index) =>
    request.continuations.map((continuation, place) => ({
      id: `${index}/${place}`,
      prompt: request.prompt,
      continuation,
      chat,
      ...(request.history !== undefined && { history: request.history }),
      ...(request.missingLogprob !== undefined && { missingLogprob: request.missingLogprob }),
    })),
  );
  const found = new Map<number, Map<number, Likelihood>>();
  for await (const likelihood of model.scoreEach(continuations, { signal })) {
    const [index = 0, place = 0] = likelihood.id.split('/').map(Number);
    const from = requested[index];
    if (!from) continue;
    const places = found.get(index) ?? new Map<number, Likelihood>();
    found.set(index, places.set(place, likelihood));
    if (places.size < from.request.continuations.length) continue;
    found.delete(index);
    const likelihoods = from.request.continuations.flatMap((_, at) => places.get(at) ?? []);
    yield { ...from, ...together(likelihoods) };
  }
}

/** Joins the likelihoods of all continuations of an item. */
function together(likelihoods: readonly Likelihood[]): ModelOutput {
  const logprobs = likelihoods.flatMap(({ logprob }) => logprob ?? []);
  if (logprobs.length < likelihoods.length) {
    const failed = likelihoods.find(({ logprob }) => logprob === null);
    const { kind = 'no-answer', error: message = 'a continuation was not scored' } = failed ?? {};
    return { logprobs: null, latency: null, error: { kind, message } };
  }
  const latencies = likelihoods.flatMap(({ latency }) => latency ?? []);
  const batch = Math.max(...likelihoods.map(({ batch = 0 }) => batch));
  return {
    logprobs,
    scoring: likelihoods.find(({ scoring }) => scoring)?.scoring ?? 'sequence',
    tokens: likelihoods.reduce((sum, { tokens = 0 }) => sum + tokens, 0),
    latency: latencies.length > 0 ? Math.max(...latencies) : null,
    ...(batch > 0 && { batch }),
  };
}

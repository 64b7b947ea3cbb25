import type { LanguageModel, Likelihood, Scoring } from '../chat/index.ts';
import type { GenerateRequest, LoglikelihoodRequest, PromptFormat } from './benchmark.ts';

/** An item with what is asked about it. */
export interface Asked<Item> {
  item: Item;
  task: GenerateRequest | LoglikelihoodRequest;
}

/** Outcome: a text or log-likelihoods, or null with the reason. */
export interface Given<Item> extends Asked<Item> {
  text?: string | null;
  logprobs?: number[] | null;
  scoring?: Scoring;
  tokens?: number;
  finish?: string;
  error?: string;
  latency: number | null;
  batch?: number;
}

interface AskOptions {
  promptFormat: PromptFormat;
  temperature: number;
  seed: number;
  signal?: AbortSignal | undefined;
}

/**
 * Yields a model's outputs, in the order in which they are ready.
 *
 * @throws {Error} if log-likelihoods are needed and the model reports none, or inside role tokens that it does not
 *   show.
 */
export async function* outputsOf<Item extends { id: string }>(
  model: LanguageModel,
  asked: readonly Asked<Item>[],
  options: AskOptions,
): AsyncGenerator<Given<Item>, void, undefined> {
  const write = asked.filter(({ task }) => !('continuations' in task));
  const choose = asked.filter(({ task }) => 'continuations' in task);
  if (write.length > 0)
    yield* written(model, write as readonly (Asked<Item> & { task: GenerateRequest })[], options);
  if (choose.length > 0)
    yield* chosen(model, choose as readonly (Asked<Item> & { task: LoglikelihoodRequest })[], options);
}

/** Tasks that end alike are asked together. */
async function* written<Item extends { id: string }>(
  model: LanguageModel,
  asked: readonly (Asked<Item> & { task: GenerateRequest })[],
  { promptFormat, ...settings }: AskOptions,
): AsyncGenerator<Given<Item>, void, undefined> {
  const groups = new Map<string, (Asked<Item> & { task: GenerateRequest })[]>();
  for (const each of asked) {
    const key = JSON.stringify([each.task.maxTokens, each.task.stop]);
    const group = groups.get(key) ?? [];
    group.push(each);
    groups.set(key, group);
  }
  for (const group of groups.values()) {
    const { maxTokens, stop } = group[0]?.task ?? {};
    const byId = new Map(group.map(each => [each.item.id, each]));
    const prompts = group.map(({ item, task }) => ({ id: item.id, text: task.prompt }));
    for await (const answer of model.generate(prompts, {
      ...settings,
      maxTokens,
      stop,
      chat: promptFormat === 'chat',
    })) {
      const { promptId, text, tokens, finish, error, latency = null, batch } = answer;
      const from = byId.get(promptId);
      if (!from) continue;
      yield {
        ...from,
        text,
        finish,
        latency,
        ...(tokens !== undefined && { tokens }),
        ...(batch !== undefined && { batch }),
        ...(error !== undefined && { error }),
      };
    }
  }
}

async function* chosen<Item extends { id: string }>(
  model: LanguageModel,
  asked: readonly (Asked<Item> & { task: LoglikelihoodRequest })[],
  { promptFormat, signal }: AskOptions,
): AsyncGenerator<Given<Item>, void, undefined> {
  if (!model.scoreEach)
    throw new Error(
      `Cannot evaluate ${model.name}: a model that reports log-likelihoods is required, it reports none`,
    );
  const wrap = promptFormat === 'chat' ? roleTokensOf(model) : (prompt: string) => prompt;
  const continuations = asked.flatMap(({ task }, item) =>
    task.continuations.map((continuation, place) => ({
      id: `${item}/${place}`,
      prompt: wrap(task.prompt),
      continuation,
      ...(task.missingLogprob !== undefined && { missingLogprob: task.missingLogprob }),
    })),
  );
  const found = new Map<number, Map<number, Likelihood>>();
  for await (const likelihood of model.scoreEach(continuations, { signal })) {
    const [number = 0, place = 0] = likelihood.id.split('/').map(Number);
    const from = asked[number];
    if (!from) continue;
    const places = found.get(number) ?? new Map();
    found.set(number, places.set(place, likelihood));
    if (places.size < from.task.continuations.length) continue;
    found.delete(number);
    const likelihoods = from.task.continuations.flatMap((_, index) => places.get(index) ?? []);
    yield { ...from, ...together(likelihoods) };
  }
}

/** Joins the likelihoods of all continuations of an item. */
function together(likelihoods: readonly Likelihood[]): Omit<Given<unknown>, keyof Asked<unknown>> {
  const logprobs = likelihoods.flatMap(({ logprob }) => logprob ?? []);
  if (logprobs.length < likelihoods.length) {
    const { error = 'a continuation was not scored' } =
      likelihoods.find(({ logprob }) => logprob === null) ?? {};
    return { logprobs: null, latency: null, error };
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

/** Returns the function by which a model writes a prompt as a user's turn. @throws {Error} if it does not show it. */
function roleTokensOf(model: LanguageModel): (prompt: string) => string {
  if (model.chatText) return prompt => model.chatText?.(prompt) ?? prompt;
  throw new Error(
    `Cannot evaluate ${model.name} in the prompt format chat: log-likelihoods need a model that shows its role tokens`,
  );
}

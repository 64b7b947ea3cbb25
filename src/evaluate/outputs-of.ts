import type { LanguageModel } from '../chat/index.ts';
import type { ChooseTask, Form, WriteTask } from './benchmark.ts';

/** An item with what is asked about it. */
export interface Asked<Item> {
  item: Item;
  task: WriteTask | ChooseTask;
}

/** What came of it: a text or log-likelihoods, or null with the reason. */
export interface Given<Item> extends Asked<Item> {
  text?: string | null;
  logprobs?: number[] | null;
  tokens?: number;
  finish?: string;
  error?: string;
}

interface AskOptions {
  form: Form;
  temperature: number;
  seed: number;
  signal?: AbortSignal | undefined;
}

/**
 * A model's outputs, in the order in which they are ready.
 *
 * @throws {Error} if log-likelihoods are needed and the model tells none, or inside turn tokens that it does not show.
 */
export async function* outputsOf<Item extends { id: string }>(
  model: LanguageModel,
  asked: readonly Asked<Item>[],
  options: AskOptions,
): AsyncGenerator<Given<Item>, void, undefined> {
  const write = asked.filter(({ task }) => !('continuations' in task));
  const choose = asked.filter(({ task }) => 'continuations' in task);
  if (write.length > 0)
    yield* written(model, write as readonly (Asked<Item> & { task: WriteTask })[], options);
  if (choose.length > 0)
    yield* chosen(model, choose as readonly (Asked<Item> & { task: ChooseTask })[], options);
}

/** Tasks that end alike are asked together. */
async function* written<Item extends { id: string }>(
  model: LanguageModel,
  asked: readonly (Asked<Item> & { task: WriteTask })[],
  { form, ...settings }: AskOptions,
): AsyncGenerator<Given<Item>, void, undefined> {
  const groups = new Map<string, (Asked<Item> & { task: WriteTask })[]>();
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
      chat: form === 'chat',
    })) {
      const { promptId, text, tokens, finish, error } = answer;
      const from = byId.get(promptId);
      if (!from) continue;
      yield {
        ...from,
        text,
        finish,
        ...(tokens !== undefined && { tokens }),
        ...(error !== undefined && { error }),
      };
    }
  }
}

async function* chosen<Item extends { id: string }>(
  model: LanguageModel,
  asked: readonly (Asked<Item> & { task: ChooseTask })[],
  { form, signal }: AskOptions,
): AsyncGenerator<Given<Item>, void, undefined> {
  if (!model.scoreEach)
    throw new Error(
      `Cannot evaluate ${model.name}: a model that tells log-likelihoods is required, it tells none`,
    );
  const wrap = form === 'chat' ? turnTokensOf(model) : (prompt: string) => prompt;
  const continuations = asked.flatMap(({ task }, item) =>
    task.continuations.map((continuation, place) => ({
      id: `${item}/${place}`,
      prompt: wrap(task.prompt),
      continuation,
    })),
  );
  const found = new Map<number, Map<number, { logprob: number | null; error?: string }>>();
  for await (const { id, logprob, error } of model.scoreEach(continuations, { signal })) {
    const [number = 0, place = 0] = id.split('/').map(Number);
    const from = asked[number];
    if (!from) continue;
    const places = found.get(number) ?? new Map();
    found.set(number, places.set(place, { logprob, ...(error !== undefined && { error }) }));
    if (places.size < from.task.continuations.length) continue;
    found.delete(number);
    const scores = from.task.continuations.map((_, index) => places.get(index));
    const failed = scores.find(score => score?.logprob === null || score === undefined);
    if (failed !== undefined)
      yield { ...from, logprobs: null, error: failed.error ?? 'a continuation was not scored' };
    else yield { ...from, logprobs: scores.map(score => score?.logprob ?? 0) };
  }
}

/** How a model writes a prompt as a user's turn. @throws {Error} if it does not tell. */
function turnTokensOf(model: LanguageModel): (prompt: string) => string {
  if (model.chatText) return prompt => model.chatText?.(prompt) ?? prompt;
  throw new Error(
    `Cannot evaluate ${model.name} in the form chat: log-likelihoods need a model that shows its turn tokens`,
  );
}

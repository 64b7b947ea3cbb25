import { type AskedModel, generationKey, generationSettings, likelihoodKey } from '../chat/index.ts';
import { type KeyedItem, openRowFile, type Row, type RowFile } from '../files/index.ts';
import type { AskOptions, ModelOutput, Requested } from './outputs-of.ts';
import { isChat } from './prompt-format.ts';

/** Output of a model for an item, as it is kept: apart from what it is scored against. */
export interface OutputRow extends KeyedItem, Omit<ModelOutput, 'error'> {
  id: string;
  /** ISO 8601 time at which the output was there. */
  at: string;
}

/** Computes the key of an item's output: the hash of model, request and sampling settings. */
export function outputKey(
  asked: AskedModel,
  { item, request }: Requested<{ id: string }>,
  { promptFormat, temperature, seed }: Omit<AskOptions, 'signal'>,
): string {
  const chat = isChat(promptFormat);
  if (!('continuations' in request)) {
    const { prompt: text, history, maxTokens, stop } = request;
    const settings = generationSettings({ maxTokens, stop, temperature, seed, chat });
    return generationKey(asked, { id: item.id, text, history }, settings);
  }
  return likelihoodKey(asked, { ...request, chat });
}

/**
 * Opens the outputs of earlier runs in a file, or a new one: of other models, prompts and settings too.
 *
 * @param confirm makes sure, before each write, that no other process writes the file now, or throws.
 */
export function openOutputs(
  path: string,
  items: readonly KeyedItem[],
  confirm: () => Promise<void>,
): Promise<RowFile<OutputRow>> {
  return openRowFile(path, { items, read: readOutput, confirm });
}

function readOutput({ value }: Row): OutputRow | undefined {
  return isOutputRow(value) ? value : undefined;
}

function isOutputRow(value: object): value is OutputRow {
  const fields: Partial<Record<keyof OutputRow, unknown>> = value;
  const { id, key, text, logprobs } = fields;
  const isOutput = typeof text === 'string' || (Array.isArray(logprobs) && logprobs.every(Number.isFinite));
  return typeof id === 'string' && typeof key === 'string' && isOutput;
}

import type { Price } from '../chat/index.ts';
import { loadJson, number, object, optional } from '../runs/index.ts';
import { mean } from '../stats/index.ts';

/** Size, speed and cost of a model, as its runs recorded them; null of what they did not. */
export interface RunCost {
  /** Weights of the model. */
  parameters: number | null;
  /** Mean tokens of an answer. */
  tokensPerAnswer: number | null;
  /** Tokens of answers a second; answers that are generated side by side share their time. */
  tokensPerSecond: number | null;
  /** Money for a thousand tokens of answers, in the currency of the recorded price. */
  costPerThousand: number | null;
}

/** Output of a run whose tokens and seconds may be recorded. */
export interface TimedOutput {
  tokens?: number | undefined;
  /** Seconds. */
  latency?: number | null | undefined;
  /** Prompts that were read side by side with it. */
  batch?: number | undefined;
}

/** Facts that a run's manifest may state of its model. */
export interface RecordedModel {
  parameters?: number | undefined;
  /** Money for a million tokens. */
  price?: Price | undefined;
}

/** Summarizes what a model's outputs and manifest record of size, speed and cost. */
export function runCost(outputs: readonly TimedOutput[], { parameters, price }: RecordedModel = {}): RunCost {
  let [tokens, seconds] = [0, 0];
  for (const { tokens: own = 0, latency, batch = 1 } of outputs) {
    if (own === 0 || !latency) continue;
    tokens += own;
    seconds += latency / batch;
  }
  return {
    parameters: parameters ?? null,
    tokensPerAnswer: mean(outputs.flatMap(output => output.tokens ?? [])),
    tokensPerSecond: seconds > 0 ? tokens / seconds : null,
    costPerThousand: price === undefined ? null : price.output / 1000,
  };
}

const MANIFEST = object<{ config?: RecordedModel | undefined }>(
  {
    config: optional(
      object<RecordedModel>(
        {
          parameters: optional(number),
          price: optional(object<Price>({ input: number, output: number }, { open: true })),
        },
        { open: true },
      ),
    ),
  },
  { open: true },
);

/**
 * Reads what the manifest beside a file of answers, or in a folder of results, states of the model; nothing where there
 * is none.
 *
 * @throws {Error} naming the file, if it states something else under these names.
 */
export async function loadRecordedModel(path: string): Promise<RecordedModel> {
  return (await loadJson(path, 'the manifest of a run', MANIFEST))?.config ?? {};
}

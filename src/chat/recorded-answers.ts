import { hashOf } from '../files/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { type Answers, modelsOf } from '../readers/index.ts';
import type { Generation, Prompt } from '../schema.ts';
import { generationSettings } from './generation-settings.ts';
import type { LanguageModel } from './language-model.ts';

/** Options of {@link recordedAnswers}. */
export interface RecordedOptions {
  /** The model, where the record holds several. */
  model?: string | undefined;
  /** Texts of the prompts, where the record knows them by id alone. */
  prompts?: readonly Prompt[] | undefined;
}

/**
 * Returns a model that gives the answers a record holds, each to exactly the prompt it was recorded for, whatever the
 * options say. Where a prompt was answered several times, its answers are the samples in their order; a prompt or sample
 * that is not in the record fails.
 * It keeps the record's evidence, and cannot score.
 *
 * @throws {Error} if the record holds several models and none is named, or no prompt's text is known.
 * @example
 * const model = recordedAnswers(await loadAnswers('answers.jsonl'))
 * for await (const { text } of model.generate([{ id: '1', text: 'Why is the sky blue?' }])) console.log(text)
 */
export function recordedAnswers(answers: Answers, options: RecordedOptions = {}): LanguageModel {
  const name = requireModel(answers, options.model);
  const texts = new Map([...answers.prompts, ...(options.prompts ?? [])].map(({ id, text }) => [id, text]));
  const recorded = new Map<string, Generation[]>();
  for (const generation of answers.generations) {
    const text = texts.get(generation.promptId);
    if (generation.model !== name || text === undefined) continue;
    recorded.set(text, [...(recorded.get(text) ?? []), generation]);
  }
  if (recorded.size === 0)
    throw new Error(
      `Cannot answer from ${answers.name}: the text of its prompts is required, found only ids; give them as \`prompts\``,
    );

  async function* generate(...[prompts, settings = {}]: Parameters<LanguageModel['generate']>) {
    const { signal = runningSignal(), onProgress } = settings;
    for (const [done, { id, text, history = [], sample }] of prompts.entries()) {
      signal?.throwIfAborted();
      const found = history.length === 0 ? recorded.get(text)?.[sample ?? 0] : undefined;
      yield { ...(found ?? unknown(name)), promptId: id, ...(sample !== undefined && { sample }) };
      onProgress?.({ task: `answers of ${name}`, done: done + 1, total: prompts.length, unit: 'prompts' });
    }
  }
  return {
    name,
    identity: `record ${hashOf([...recorded])}`,
    generate: (prompts, settings = {}) => {
      generationSettings(settings);
      return generate(prompts, settings);
    },
  };
}

function unknown(model: string): Omit<Generation, 'promptId'> {
  return {
    model,
    text: null,
    finish: 'error',
    evidence: 'public',
    error: { kind: 'no-answer', message: 'the record holds no answer to this prompt' },
  };
}

function requireModel(answers: Answers, wanted: string | undefined): string {
  const models = modelsOf(answers);
  const [only, ...others] = models;
  if (wanted === undefined && only !== undefined && others.length === 0) return only;
  if (wanted !== undefined && models.includes(wanted)) return wanted;
  throw new Error(
    `Cannot answer from ${answers.name}: ${wanted === undefined ? 'the name of one of its models' : `the model ${wanted}`} is required, it holds ${models.join(', ') || 'no answers'}`,
  );
}

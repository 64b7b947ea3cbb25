import type { GenerateOptions, LanguageModel, Question } from '../chat/index.ts';
import type { Generation } from '../schema.ts';

/**
 * Collects a model's answers in the order of the prompts, whichever was ready first, and without their latency, so
 * that what is made of them does not depend on how fast the model was.
 *
 * @throws as {@link LanguageModel.generate} does.
 */
export async function inOrder(
  model: LanguageModel,
  prompts: readonly Question[],
  options: GenerateOptions,
): Promise<Generation[]> {
  const answers = new Map<string, Generation>();
  for await (const { latency: _, batch: __, ...generation } of model.generate(prompts, options))
    answers.set(generation.promptId, generation);
  return prompts.flatMap(({ id }) => answers.get(id) ?? []);
}

import type { JudgedAnswer, JudgedPrompt, JudgePair } from '../../compare/index.ts';
import type { ReadOptions } from '../../readers/index.ts';
import type { Generation, Prompt } from '../../schema.ts';

/** Reference answers and second turns, which a comparison does not hold. */
export interface JudgedTurns {
  prompts: ReadonlyMap<string, Prompt>;
  /** Answers to the second turn, by prompt and model. */
  answers: ReadonlyMap<string, string>;
}

/** Reads reference answers and second turns, as MT-bench's files have them. */
export async function loadTurns(
  sources: readonly string[],
  reading: Partial<ReadOptions>,
): Promise<JudgedTurns> {
  const { loadSource } = await import('../../data/index.ts');
  const contents = await Promise.all(sources.map(source => loadSource(source, reading)));
  const prompts = contents.flatMap(content => content.prompts);
  const generations = contents.flatMap(content => content.generations);
  return {
    prompts: new Map(prompts.map(prompt => [prompt.id, prompt])),
    answers: new Map(generations.toReversed().flatMap(secondTurn)),
  };
}

function secondTurn({ promptId, model, furtherTurns: [second] = [] }: Generation): [string, string][] {
  return second === undefined ? [] : [[answerKey(promptId, model), second]];
}

/** Returns a prompt with its reference answer and second turn. */
export function withPromptTurns<Item extends JudgedPrompt>(item: Item, { prompts }: JudgedTurns): Item {
  const { reference, furtherTurns: [next] = [] } = prompts.get(item.promptId) ?? {};
  return {
    ...item,
    ...(reference !== undefined && { reference }),
    ...(next !== undefined && { followUp: { prompt: next.text, reference: next.reference } }),
  };
}

/** Returns an answer with that to the second turn. */
export function withAnswerTurn(
  promptId: string,
  answer: JudgedAnswer,
  { answers }: JudgedTurns,
): JudgedAnswer {
  const followUp = answers.get(answerKey(promptId, answer.id));
  return followUp === undefined ? answer : { ...answer, followUp };
}

/** Returns a pair with its reference answer and second turns. */
export function withPairTurns(pair: JudgePair, turns: JudgedTurns): JudgePair {
  const [first, second] = pair.answers;
  const answers = [
    withAnswerTurn(pair.promptId, first, turns),
    withAnswerTurn(pair.promptId, second, turns),
  ] as const;
  return withPromptTurns({ ...pair, answers }, turns);
}

function answerKey(promptId: string, model: string): string {
  return JSON.stringify([promptId, model]);
}

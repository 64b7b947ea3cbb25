import { type FetchOptions, fillTemplate, loadText } from '../../data/index.ts';
import { isRecord, parseJsonl, ReadError, shown } from '../../readers/index.ts';

/** Prompt of a judge for questions of one kind. */
export interface JudgePrompt {
  /** Such as `general`, `coding` or `math`. */
  category: string;
  /** System prompt of the judge. */
  system: string;
  /** The prompt, with the places `question`, `answer_1`, `answer_2` and `prompt`. */
  template: string;
  /** Instruction that fills the place `prompt`: what to rate, and by which criteria. */
  instruction: string;
}

/** Questions of other categories are put by this one. */
const GENERAL = 'general';

/**
 * Reads a judge's prompts as FastChat publishes them: JSON Lines of `category`, `system_prompt`, `prompt_template`
 * and `defaults.prompt`.
 *
 * @throws {ReadError} naming file and line of what is none; naming the file, if none is general.
 */
export function parseJudgePrompts(text: string, name: string): JudgePrompt[] {
  const prompts = parseJsonl(text, name).map(({ at, value }) => {
    const { category, system_prompt: system, prompt_template: template, defaults } = value;
    const instruction = isRecord(defaults) ? defaults.prompt : undefined;
    const found = { category, system, template, instruction };
    if (isPrompt(found)) return found;
    const required = 'category, system_prompt, prompt_template and defaults.prompt';
    throw new ReadError({ at, required, found: shown(value) });
  });
  if (prompts.some(({ category }) => category === GENERAL)) return prompts;
  throw new ReadError({ at: name, required: `a prompt of the category ${GENERAL}`, found: 'none' });
}

/**
 * Loads Vicuna's prompts: each answer is to get a score from 1 to 10, both on the first line.
 *
 * @see Gudibande et al. 2023, Appendix C; Chiang et al. 2023, Vicuna
 */
export async function loadJudgePrompts(options: FetchOptions = {}): Promise<JudgePrompt[]> {
  const { text, name } = await loadText('fastchat/judge-prompts', options);
  return parseJudgePrompts(text, name);
}

/** Fills the judge's prompt for the question's category with two answers. */
export function judgeQuestion(
  prompts: readonly JudgePrompt[],
  {
    category,
    question,
    first,
    second,
  }: { category?: string | undefined; question: string; first: string; second: string },
): { system: string; text: string } {
  const own = prompts.find(prompt => prompt.category === category);
  const chosen = own ?? prompts.find(prompt => prompt.category === GENERAL);
  if (chosen === undefined)
    throw new RangeError(`Cannot ask a judge: a prompt of the category ${GENERAL} is required, found none`);
  const { system, template, instruction } = chosen;
  const text = fillTemplate(template, { question, answer_1: first, answer_2: second, prompt: instruction });
  return { system, text };
}

function isPrompt(value: Record<keyof JudgePrompt, unknown>): value is JudgePrompt {
  return Object.values(value).every(part => typeof part === 'string');
}

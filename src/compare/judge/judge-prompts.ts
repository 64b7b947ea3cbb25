import { type FetchOptions, loadText } from '../../data/index.ts';
import {
  DEFAULT_SCALE,
  isRecord,
  type PairForm,
  parseJsonl,
  ReadError,
  type Row,
  type Scale,
  shown,
} from '../../readers/index.ts';
import { PLACES, PROMPT_TYPES, type PromptType, placesIn, turnsOf } from './judge-places.ts';

/** Form in which a judge is asked to reply: two scores, the better answer, or one score. */
const REPLY_FORMS = ['scores', 'verdict', 'rating'] as const satisfies (PairForm | 'rating')[];
export type ReplyForm = (typeof REPLY_FORMS)[number];

/** Prompt of a judge for questions of one kind. */
export interface JudgePrompt {
  /** Such as `general`, `coding` or `math`. */
  category: string;
  /** System prompt of the judge; empty for none. */
  system: string;
  /** The prompt, with places for the question and the answers, as FastChat and MT-bench name them. */
  template: string;
  /** Instruction that fills the place `prompt`: what to rate, and by which criteria. */
  instruction: string;
  /** Default `pairwise`. */
  type?: PromptType | undefined;
  /** Form of the reply; default `scores`, and of a `single` prompt `rating`. */
  form?: ReplyForm | undefined;
  /** Range of the scores; default 1 to 10. */
  scale?: Scale | undefined;
}

/** Questions of other categories are put by this one. */
export const GENERAL = 'general';

/** Names of reply forms in MT-bench's files. */
const MT_BENCH_FORMS: Record<string, ReplyForm> = { '[[A]]': 'verdict', '[[rating]]': 'rating' };

/**
 * Reads a judge's prompts as FastChat and MT-bench publish them, or of a rubric of one's own: JSON Lines of
 *
 * - `prompt_template`, with places such as `{question}`, `{answer_1}` and `{answer_2}` (Vicuna), `{answer_a}` and
 *   `{answer_b}`, `{ref_answer_1}`, `{question_2}` (MT-bench), or `{answer}` of a single answer;
 * - `type`: `pairwise` (default) or `single`; `scale`: `[1, 10]` (default); `output_format`: `scores`, `verdict` (also
 *   `[[A]]`) or `rating` (also `[[rating]]`), by default what the prompt's text asks for;
 * - `category` (default `general`), `system_prompt`, and `defaults.prompt`, which fills the place `{prompt}`.
 *
 * @throws {ReadError} naming file and line of what is none, a place that cannot be filled, or an answer that has no
 *   place; naming the file, if no prompt of a type is general.
 */
export function parseJudgePrompts(text: string, name: string): JudgePrompt[] {
  const prompts = parseJsonl(text, name).map(promptIn);
  for (const type of PROMPT_TYPES) {
    const own = prompts.filter(prompt => prompt.type === type);
    if (own.length > 0 && !own.some(({ category }) => category === GENERAL))
      throw new ReadError({
        at: name,
        required: `a ${type} prompt of the category ${GENERAL}`,
        found: 'none',
      });
  }
  if (prompts.length > 0) return prompts;
  throw new ReadError({ at: name, required: 'a prompt of a judge', found: 'none' });
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

function promptIn({ at, value }: Row): JudgePrompt {
  const { category = GENERAL, system_prompt: system = '', prompt_template: template, defaults } = value;
  const instruction = (isRecord(defaults) ? defaults.prompt : undefined) ?? '';
  if (
    typeof category !== 'string' ||
    typeof system !== 'string' ||
    typeof template !== 'string' ||
    typeof instruction !== 'string'
  )
    throw new ReadError({
      at,
      required: 'prompt_template, and texts as category, system_prompt and defaults.prompt',
      found: shown(value),
    });
  const type = choiceIn(value.type ?? 'pairwise', 'type', PROMPT_TYPES, at);
  requirePlaces(template, type, at);
  return {
    category,
    system,
    template,
    instruction,
    type,
    form: formIn(value.output_format, type, `${template}\n${instruction}`, at),
    scale: scaleIn(value.scale, at),
  };
}

function formIn(value: unknown, type: PromptType, text: string, at: string): ReplyForm {
  const forms = REPLY_FORMS.filter(form => (form === 'rating') === (type === 'single'));
  if (value !== undefined)
    return choiceIn(MT_BENCH_FORMS[String(value)] ?? value, 'output_format', forms, at);
  if (type === 'single') return 'rating';
  return /\[\[A\]\]/.test(text) ? 'verdict' : 'scores';
}

function scaleIn(value: unknown, at: string): Scale {
  if (value === undefined) return DEFAULT_SCALE;
  const [low, high, ...more] = Array.isArray(value) ? value : [];
  if (typeof low === 'number' && typeof high === 'number' && low < high && more.length === 0)
    return { low, high };
  throw new ReadError({ at, required: 'scale as [lowest, highest]', found: shown(value) });
}

function choiceIn<Choice extends string>(
  value: unknown,
  name: string,
  choices: readonly Choice[],
  at: string,
): Choice {
  const found = choices.find(choice => choice === value);
  if (found !== undefined) return found;
  throw new ReadError({ at, required: `${name} as one of ${choices.join(', ')}`, found: shown(value) });
}

/** @throws {ReadError} if a place cannot be filled, or one for an answer is missing. */
function requirePlaces(template: string, type: PromptType, at: string): void {
  const places = placesIn(template);
  const { known, answers } = PLACES[type][turnsOf(template)];
  const unknown = places.find(place => !known.includes(place));
  if (unknown !== undefined)
    throw new ReadError({ at, required: `places among ${known.join(', ')}`, found: `{${unknown}}` });
  const missing = answers.find(names => !names.some(place => places.includes(place)));
  if (missing !== undefined)
    throw new ReadError({ at, required: `a place for {${missing.join('} or {')}}`, found: 'none' });
}

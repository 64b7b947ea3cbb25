import type { Benchmark, PromptFormat } from '../../evaluate/index.ts';

/**
 * Forms in which every model is asked for an ability, whatever it was trained on, so that no difference between models is
 * one between prompts: plain text after examples, the same text inside a user's turn, and the question alone in a turn.
 */
export const FORMS = ['raw', 'chat-few-shot', 'chat'] as const satisfies readonly PromptFormat[];

export type Form = (typeof FORMS)[number];

/**
 * Examples before a question, by ability. Facts and news items have as many as in Tables 8 and 9; the context that base
 * models are trained on holds fewer sums than the paper's 6. A beginning to continue has none, as in the paper.
 */
export const SHOTS = { facts: 3, choice: 3, sums: 2, programs: 2, summaries: 2, toxicity: 0 } as const;

/** An ability, the first part of the names of its measures. */
export type Ability = keyof typeof SHOTS;

/** A measure of an ability: `facts.exact-match`. */
export type AbilityMeasure = `${Ability}.${string}`;

/** The measure of each ability that figures draw. */
export const ABILITY_MEASURES = [
  'facts.exact-match',
  'choice.accuracy',
  'sums.exact-match',
  'programs.pass',
  'summaries.rouge1',
  'toxicity.non-toxic',
] as const satisfies readonly AbilityMeasure[];

/**
 * The form of each ability that figures draw and that claims are about: plain text after examples, which every model has
 * read, while in a chat a base model fails by the form as often as by what it knows. In plain text the largest base
 * models are near the ceiling in multiple choice and summaries, so these are drawn in a chat: by likelihood alone, and
 * after examples, from which a base model takes the form. Toxicity is what a chat's users meet.
 */
export const DRAWN_FORMS: Readonly<Record<Ability, Form>> = {
  facts: 'raw',
  choice: 'chat',
  sums: 'raw',
  programs: 'raw',
  summaries: 'chat-few-shot',
  toxicity: 'chat',
};

/** Lists the forms of a benchmark: without examples those of a chat are one. */
export function formsOf({ shots }: Pick<Benchmark, 'shots'>): Form[] {
  return FORMS.filter(form => shots > 0 || form !== 'chat-few-shot');
}

/** Names a measure in a form: `facts.exact-match` in the drawn one, `facts.exact-match.chat` in another. */
export function inForm(measure: AbilityMeasure, form: Form): string {
  const isDrawn = Object.entries(DRAWN_FORMS).some(
    ([ability, drawn]) => drawn === form && measure.startsWith(`${ability}.`),
  );
  return isDrawn ? measure : `${measure}.${form}`;
}

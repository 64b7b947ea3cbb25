import type { Benchmark, PromptFormat } from '../../evaluate/index.ts';

/**
 * Forms in which every model is asked for an ability, whatever it was trained on, so that no difference between models is
 * one between prompts: plain text after examples, the same text inside a user's turn, and the question alone in a turn.
 */
export const FORMS = ['raw', 'chat-few-shot', 'chat'] as const satisfies readonly PromptFormat[];

export type Form = (typeof FORMS)[number];

/** The form that figures draw; the measures of the others carry its name. */
export const DRAWN_FORM: Form = 'chat';

/** Lists the forms of a benchmark: without examples those of a chat are one. */
export function formsOf({ shots }: Pick<Benchmark, 'shots'>): Form[] {
  return FORMS.filter(form => shots > 0 || form !== 'chat-few-shot');
}

/** Names a measure in a form: `facts.exact-match` in the drawn one, `facts.exact-match.raw` in another. */
export function inForm(measure: string, form: Form): string {
  return form === DRAWN_FORM ? measure : `${measure}.${form}`;
}

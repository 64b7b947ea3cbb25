import type { Comparison } from '../../schema.ts';
import type { JudgePair } from './judge-calls.ts';

/** The teacher's answer with each other one, of every prompt of a comparison. */
export function pairsOf({ answers, items }: Comparison): JudgePair[] {
  const teacher = answers.find(({ role }) => role === 'teacher')?.id ?? answers[0]?.id ?? '';
  const others = answers.flatMap(({ id }) => (id === teacher ? [] : [id]));
  return items.flatMap(({ promptId, prompt, category, answers: texts }) =>
    others.flatMap((id): JudgePair[] => {
      const [own, other] = [texts[teacher], texts[id]];
      if (own === undefined || other === undefined) return [];
      const pair = [
        { id: teacher, text: own.text },
        { id, text: other.text },
      ] as const;
      return [{ promptId, prompt, category, answers: pair }];
    }),
  );
}

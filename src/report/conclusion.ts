import type { Content } from './content.ts';
import type { Knowledge } from './knowledge.ts';
import type { Label } from './place-on-scale.ts';
import type { Style } from './style.ts';

/** Parts of a conclusion, in the order in which they are stated. */
export const ASPECTS = ['style', 'content', 'knowledge'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Conclusion on a student, and why what is open is open. */
export interface Conclusion extends Record<Aspect, Label> {
  /** One sentence. */
  sentence: string;
  /** By what is undecided, the prompts or items that would decide it; null where no reasonable number would. */
  n_needed: Partial<Record<Aspect, number | null>>;
  /** By what is undecided or not measured, the reason. */
  reasons: Partial<Record<Aspect, string>>;
}

/** Label of a measured aspect, and the reason where it is open. */
export interface Concluded {
  label: Label;
  n_needed?: number | null;
  reason?: string;
}

/** Words by which a label is stated, after the name of the student. */
const PHRASES: Record<Aspect, Record<Label, string>> = {
  style: {
    'like-teacher': 'sounds like its teacher',
    between: 'sounds partly like its teacher',
    'like-base': 'sounds like its base',
    other: 'sounds like neither its teacher nor its base',
    undecided: 'may or may not sound like its teacher',
    'not-measured': 'was not measured by its style',
  },
  content: {
    'like-teacher': 'says what its teacher says',
    between: 'says part of what its teacher says',
    'like-base': 'says what its base says',
    other: 'says something else',
    undecided: 'may or may not say what its teacher says',
    'not-measured': 'was not measured by what it says',
  },
  knowledge: {
    'like-teacher': 'knows like its teacher',
    between: 'knows more than its base and less than its teacher',
    'like-base': 'knows like its base',
    other: 'knows less than its base',
    undecided: 'may or may not know more than its base',
    'not-measured': 'its knowledge was not measured',
  },
};

/** Phrase of content that is above the base's, where nothing measures how near it is to the teacher's. */
const ABOVE_BASE = 'says more of what its teacher says than its base does';

/** Concludes on a student from its style, content and knowledge. */
export function conclude(
  name: string,
  parts: { style: Style; content: Content; knowledge: Knowledge },
): Conclusion {
  const concluded: Record<Aspect, Concluded> = {
    style: parts.style.placement ?? { label: 'not-measured', reason: 'the base’s answers are required' },
    content: parts.content,
    knowledge: parts.knowledge,
  };
  const n_needed: Conclusion['n_needed'] = {};
  const reasons: Conclusion['reasons'] = {};
  for (const aspect of ASPECTS) {
    const { n_needed: count, reason } = concluded[aspect];
    if (count !== undefined) n_needed[aspect] = count;
    if (reason !== undefined) reasons[aspect] = reason;
  }
  const labels = {
    style: concluded.style.label,
    content: concluded.content.label,
    knowledge: concluded.knowledge.label,
  };
  const phrases = ASPECTS.map(aspect => PHRASES[aspect][labels[aspect]]);
  // Without a second sample of the teacher only more than the base is known.
  if (labels.content === 'like-teacher' && parts.content.isAboveBase) phrases[1] = ABOVE_BASE;
  return { ...labels, sentence: sentenceOf(name, phrases, labels.knowledge), n_needed, reasons };
}

function sentenceOf(name: string, [style, content, knowledge]: readonly string[], measured: Label): string {
  const link = measured === 'not-measured' ? '; ' : ' and ';
  return `${name} ${style}, ${content}${link}${knowledge}.`;
}

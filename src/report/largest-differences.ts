import type { ComparisonItem, Estimate } from '../schema.ts';
import { meanEstimate, type ResampleOptions } from '../stats/index.ts';
import { setOverlap, splitWords } from '../text/index.ts';
import type { AlignedTexts } from './aligned.ts';
import { contentWords } from './content-words.ts';

/** A prompt to which a student's answer differs from its teacher's. */
export interface DifferingAnswer {
  promptId: string;
  prompt: string;
  category: string | null;
  /** Content words in common, percent. */
  overlap: number;
  teacherWords: number;
  studentWords: number;
  /** Beginnings of both answers. */
  teacher: string;
  student: string;
}

/** Similarity of answers in one category of prompts. */
export interface CategoryOverlap {
  category: string;
  overlap: Estimate;
}

/** Places where a student's answers differ most from its teacher's. */
export interface LargestDifferences {
  /** The prompts with the fewest content words in common. */
  examples: DifferingAnswer[];
  /** The categories of prompts, the least alike first; empty where prompts have none. */
  categories: CategoryOverlap[];
}

/** Examples of each student. */
const EXAMPLES = 5;
/** Longest text of an example, in UTF-16 code units. */
const SHOWN = 700;

/** Finds the prompts and categories in which a student shares the fewest content words with its teacher. */
export function largestDifferences(
  { items, teacher, student }: AlignedTexts,
  options: ResampleOptions = {},
): LargestDifferences {
  const overlaps = items.map(({ prompt }, i) =>
    setOverlap(contentWords(teacher[i] ?? '', prompt), contentWords(student[i] ?? '', prompt)),
  );
  const order = [...items.keys()].sort((a, b) => (overlaps[a] ?? 0) - (overlaps[b] ?? 0) || a - b);
  return {
    examples: order.slice(0, EXAMPLES).flatMap(i => {
      const item = items[i];
      return item === undefined
        ? []
        : [exampleOf(item, overlaps[i] ?? 0, teacher[i] ?? '', student[i] ?? '')];
    }),
    categories: categoriesOf(items, overlaps, options),
  };
}

function exampleOf(
  { promptId, prompt, category }: ComparisonItem,
  overlap: number,
  teacher: string,
  student: string,
): DifferingAnswer {
  return {
    promptId,
    prompt: beginning(prompt),
    category: category ?? null,
    overlap,
    teacherWords: splitWords(teacher).length,
    studentWords: splitWords(student).length,
    teacher: beginning(teacher),
    student: beginning(student),
  };
}

function beginning(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function categoriesOf(
  items: readonly ComparisonItem[],
  overlaps: readonly number[],
  options: ResampleOptions,
): CategoryOverlap[] {
  const byCategory = new Map<string, number[]>();
  for (const [i, { category }] of items.entries())
    if (category !== undefined) {
      const own = byCategory.get(category);
      if (own) own.push(overlaps[i] ?? 0);
      else byCategory.set(category, [overlaps[i] ?? 0]);
    }
  return [...byCategory]
    .map(([category, values]) => ({
      category,
      overlap: meanEstimate(values, { ...options, mayBeShare: false }),
    }))
    .sort((a, b) => (a.overlap.value ?? 0) - (b.overlap.value ?? 0));
}

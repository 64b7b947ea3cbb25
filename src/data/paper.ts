import { readFile } from 'node:fs/promises';

/** Table 2 as printed: one value for each column, in `columns`' order. Shares are fractions, unigram is in percent. */
export interface PaperTable2 {
  source: string;
  note: string;
  columns: string[];
  measures: Record<'list' | 'summary' | 'unigram' | 'length' | 'authoritative', number[]>;
}

/** Figure 2 as printed: one query with the teacher's and the imitation model's answer. */
export interface PaperFigure2 {
  source: string;
  note: string;
  prompt: string;
  answers: Record<string, string>;
}

/** What the paper prints, by figure or table. */
export interface PaperData {
  table2: PaperTable2;
  fig2: PaperFigure2;
}

/**
 * Numbers and examples printed in the paper, verbatim.
 *
 * @see Gudibande et al. 2023
 */
export async function paperData<K extends keyof PaperData>(name: K): Promise<PaperData[K]> {
  const file = new URL(`../../data/paper/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as PaperData[K];
}

import { readFile } from 'node:fs/promises';
import type { Dialogue } from '../schema.ts';

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

/** A question with its answer. */
export interface QaPair {
  question: string;
  answer: string;
}

/** Table 3 as printed: the pairs from which NQ-synthetic begins. */
export interface PaperTable3 {
  source: string;
  note: string;
  pairs: QaPair[];
}

/** Tables 4, 5, 8 and 9 as printed: a prompt with places such as `{question 1}` to fill. */
export interface PaperTemplate {
  source: string;
  note: string;
  template: string;
}

/** Table 6 as printed: shares in percent of the `n` queries that were looked at. */
export interface PaperTable6 {
  source: string;
  note: string;
  n: number;
  categories: { category: string; percent: number }[];
}

/** A line of Tables 1 and 7: a base model, the data it imitates, null for none, and its scores in percent. */
export type PaperModel<Measure extends string> = { model: string; data: string | null } & Record<
  Measure,
  number
>;

/** Tables 1 and 7 as printed. */
export interface PaperModels<Measure extends string> {
  source: string;
  note: string;
  models: PaperModel<Measure>[];
}

/** Figure 1: the only number that the text gives for it. */
export interface PaperFigure1 {
  source: string;
  note: string;
  claim: string;
  equalOrBetterPercent: number;
}

/** Figure 6 as printed: dialogues, cut as they are there. */
export interface PaperFigure6 {
  source: string;
  note: string;
  dialogues: Dialogue[];
}

/** Figure 7 as printed: what raters are shown and asked. */
export interface PaperFigure7 {
  source: string;
  note: string;
  question: string;
  introduction: string;
  criteria: string[];
  /** Text between instructions and options. */
  places: string[];
  options: string[];
  /** Votes on each pair (Appendix B). */
  raters: number;
}

/** Numbers that the paper prints, by figure or table. */
export interface PaperData {
  table1: PaperModels<'nq' | 'cnn'>;
  table2: PaperTable2;
  table3: PaperTable3;
  table4: PaperTemplate;
  table5: PaperTemplate;
  table6: PaperTable6;
  table7: PaperModels<'rouge1' | 'rouge2' | 'rougeL'>;
  table8: PaperTemplate;
  table9: PaperTemplate;
  fig1: PaperFigure1;
  fig2: PaperFigure2;
  fig6: PaperFigure6;
  fig7: PaperFigure7;
}

/**
 * Numbers and examples printed in the paper, verbatim.
 *
 * @see Gudibande et al. 2023
 * @example
 * (await loadPaperData('fig1')).equalOrBetterPercent // 70
 */
export async function loadPaperData<K extends keyof PaperData>(name: K): Promise<PaperData[K]> {
  const file = new URL(`../../data/paper/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as PaperData[K];
}

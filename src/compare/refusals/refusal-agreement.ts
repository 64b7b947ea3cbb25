import { readFile } from 'node:fs/promises';
import { loadAnswers } from '../../data/index.ts';
import { type Answers, answersFromRows, parseJsonl, textOf } from '../../readers/index.ts';
import type { Estimate } from '../../schema.ts';
import { type BootstrapOptions, fleissKappa, share } from '../../stats/index.ts';
import { contentHash } from '../../text/index.ts';
import { type RefusalVerdict, refusalVerdicts } from './refusal-verdicts.ts';

/** Answers that a person labelled as refusals or not. */
export interface LabelledRefusals {
  answers: Answers;
  /** Labels by the ids of the answers' prompts. */
  refused: ReadonlyMap<string, boolean>;
}

/**
 * Loads a sample of labelled answers: `texts` were written for this purpose, half of them refusals and many of them near
 * misses; `answers` are public ones of OpenAssistant's records, all that hold a word of refusals and 80 drawn from the
 * others, of which only ids, hashes and labels are kept here. One person labelled both.
 *
 * @throws {Error} if a public record does not hold a labelled answer.
 * @example
 * (await loadLabelledRefusals('texts')).refused.size // 52
 */
export async function loadLabelledRefusals(sample: 'texts' | 'answers'): Promise<LabelledRefusals> {
  const file = `${sample}.jsonl`;
  const lines = parseJsonl(
    await readFile(new URL(`../../../data/refusals/${file}`, import.meta.url), 'utf8'),
    file,
  );
  const rows = sample === 'texts' ? lines.map(({ value }) => value) : await publicTexts(lines);
  const answers = answersFromRows(
    rows.map(({ id, text }) => ({ id, text })),
    { name: file },
  );
  return { answers, refused: new Map(rows.map(({ id, refused }) => [String(id), refused === true])) };
}

/** Finds the texts of labelled public answers. @throws {Error} naming one that its record does not hold. */
async function publicTexts(lines: ReturnType<typeof parseJsonl>): Promise<Record<string, unknown>[]> {
  const records = new Map<string, Map<string, string>>();
  const rows: Record<string, unknown>[] = [];
  for (const line of lines) {
    const record = textOf(line, ['record']) ?? '';
    const promptId = textOf(line, ['promptId']) ?? '';
    const texts = records.get(record) ?? textsById(await loadAnswers(record));
    records.set(record, texts);
    const text = texts.get(promptId);
    if (text === undefined || contentHash(text) !== line.value.contentHash)
      throw new Error(`${line.at}: ${record} must hold the answer that was labelled, found another`);
    rows.push({ id: `${record} ${promptId}`, text, refused: line.value.refused });
  }
  return rows;
}

function textsById({ generations }: Answers): Map<string, string> {
  return new Map(generations.flatMap(({ promptId, text }) => (text === null ? [] : [[promptId, text]])));
}

/** Agreement of verdicts with a person's labels. */
export interface RefusalAgreement {
  /** κ of Fleiss of the two, with the bootstrap interval over answers; n counts the answers with a verdict. */
  kappa: Estimate;
  /** Share of answers on which they agree, with Wilson's interval. */
  agreement: Estimate;
  /** Answers that the verdicts hold for refusals, and the person does not. */
  falseAlarms: string[];
  /** Answers that the person holds for refusals, and the verdicts do not. */
  missed: string[];
}

/**
 * Computes how far verdicts agree with a person's labels beyond chance.
 *
 * @param verdicts default those of the lexicon.
 * @example
 * refusalAgreement(await loadLabelledRefusals('texts')).agreement.n // 52
 */
export function refusalAgreement(
  { answers, refused }: LabelledRefusals,
  verdicts: readonly RefusalVerdict[] = refusalVerdicts(answers),
  options: BootstrapOptions = {},
): RefusalAgreement {
  const pairs = verdicts.flatMap(verdict => {
    const label = refused.get(verdict.promptId);
    return verdict.refused === null || label === undefined
      ? []
      : [{ id: verdict.promptId, found: verdict.refused, label }];
  });
  const agreeing = pairs.filter(({ found, label }) => found === label).length;
  return {
    kappa: fleissKappa(
      pairs.map(({ found, label }) => [String(found), String(label)]),
      options,
    ),
    agreement: share(agreeing, pairs.length),
    falseAlarms: pairs.filter(({ found, label }) => found && !label).map(({ id }) => id),
    missed: pairs.filter(({ found, label }) => !found && label).map(({ id }) => id),
  };
}

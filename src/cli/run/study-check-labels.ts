import type { CheckedLabel } from '../../study/index.ts';
import type { studyCheckLabelsCommand } from '../commands/study-check-labels.ts';
import type { InputOf } from '../declare/command.ts';
import { FAILED } from '../exit.ts';

/** Prints labelled sentences with the world's facts about them. */
export async function run({ out, read = false }: InputOf<typeof studyCheckLabelsCommand>): Promise<void> {
  const { writeLabelCheck } = await import('../../study/index.ts');
  const rows = await writeLabelCheck(out, read);
  for (const [index, row] of rows.entries()) console.log(lineOf(row, index));
  const wrong = rows.filter(({ label, lookedUp }) => label !== lookedUp).length;
  console.log(`${rows.length} labels, ${wrong} that the look-up contradicts`);
  if (wrong > 0) process.exitCode = FAILED;
}

function lineOf({ model, sentence, label, lookedUp, facts }: CheckedLabel, index: number): string {
  const known = facts.map(({ subject, relation, object }) => `${subject} / ${relation} / ${object}`);
  const doubt = label === lookedUp ? '' : `, but ${lookedUp} by the look-up`;
  return `${index + 1}. ${label}${doubt} (${model}): ${sentence}\n   ${known.join('; ') || 'no fact'}`;
}

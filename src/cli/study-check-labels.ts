import { Command } from 'commander';
import type { CheckedLabel } from '../study/index.ts';

interface CheckFlags {
  out: string;
  read?: boolean;
}

/** `imitation-lab study check-labels`: looks labelled sentences up in their worlds' facts, to be read by eye. */
export function studyCheckLabelsCommand(): Command {
  return new Command('check-labels')
    .description(
      'look 50 labelled sentences up in the world’s facts, apart from the labeller, and print them to read',
    )
    .requiredOption('--out <folder>', 'the study’s folder, or a record; label-check.jsonl is written there')
    .option('--read', 'mark the sentences as read by eye, every label found right')
    .action(async ({ out, read = false }: CheckFlags) => {
      const { writeLabelCheck } = await import('../study/index.ts');
      const rows = await writeLabelCheck(out, read);
      for (const [index, row] of rows.entries()) console.log(lineOf(row, index));
      const wrong = rows.filter(({ label, lookedUp }) => label !== lookedUp).length;
      console.log(`${rows.length} labels, ${wrong} that the look-up contradicts`);
      if (wrong > 0) process.exitCode = 1;
    });
}

function lineOf({ model, sentence, label, lookedUp, facts }: CheckedLabel, index: number): string {
  const known = facts.map(({ subject, relation, object }) => `${subject} / ${relation} / ${object}`);
  const doubt = label === lookedUp ? '' : `, but ${lookedUp} by the look-up`;
  return `${index + 1}. ${label}${doubt} (${model}): ${sentence}\n   ${known.join('; ') || 'no fact'}`;
}

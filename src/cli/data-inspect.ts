import { Command } from 'commander';

/** `imitation-lab data inspect`: what is in a file of dialogues. */
export function dataInspectCommand(): Command {
  return new Command('inspect')
    .description('say how much is in a file of dialogues, and show some')
    .argument(
      '<file>',
      'dialogues (JSON Lines, JSON or Parquet, as turns, messages, conversations, or instruction and output), or a record name',
    )
    .option('--show <n>', 'dialogues to show, the first ones', Number, 1)
    .option('--json', 'print JSON: dialogues, turns, and queries and answers in words')
    .action(async (source: string, { show, json }: { show: number; json?: boolean }) => {
      const { contents, loadTexts } = await import('../data/index.ts');
      const { parseDialogues } = await import('../readers/index.ts');
      const texts = await loadTexts([source]);
      const dialogues = texts.flatMap(({ text, name }) => parseDialogues(text, name));
      const found = contents(dialogues);
      if (json) {
        console.log(JSON.stringify(found));
        return;
      }
      const { queries, answers } = found;
      const words = ({ total, median, ninth }: typeof queries) =>
        `${total} words; median ${Math.round(median ?? 0)}, nine of ten have at most ${Math.round(ninth ?? 0)}`;
      console.log(`${found.dialogues} dialogues, ${found.turns} turns`);
      console.log(`queries  ${queries.n}: ${words(queries)}`);
      console.log(`answers  ${answers.n}: ${words(answers)}`);
      for (const { id, turns } of dialogues.slice(0, show)) {
        console.log(`\n${id}`);
        for (const { role, content } of turns) console.log(`\n[${role}]\n${content}`);
      }
    });
}

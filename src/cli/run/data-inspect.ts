import type { dataInspectCommand } from '../commands/data-inspect.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson } from './progress.ts';

/** Prints the size of a file of dialogues, and its first dialogues. */
export async function run({ file, show, json }: InputOf<typeof dataInspectCommand>): Promise<void> {
  const { contents, loadTexts } = await import('../../data/index.ts');
  const { parseDialogues } = await import('../../readers/index.ts');
  const texts = await loadTexts([file]);
  const dialogues = texts.flatMap(({ text, name }) => parseDialogues(text, name));
  const found = contents(dialogues);
  if (json) return printJson(found);
  const { queries, answers } = found;
  const words = ({ total, median, ninth }: typeof queries) =>
    `${total} words; median ${Math.round(median ?? 0)}, 90th percentile ${Math.round(ninth ?? 0)}`;
  console.log(`${found.dialogues} dialogues, ${found.turns} turns`);
  console.log(`queries  ${queries.n}: ${words(queries)}`);
  console.log(`answers  ${answers.n}: ${words(answers)}`);
  for (const { id, turns } of dialogues.slice(0, show)) {
    console.log(`\n${id}`);
    for (const { role, content } of turns) console.log(`\n[${role}]\n${content}`);
  }
}

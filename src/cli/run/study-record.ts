import type { studyRecordCommand } from '../commands/study-record.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson } from './progress.ts';

/** Writes the part of a study that the package publishes. */
export async function run({ out, to, json }: InputOf<typeof studyRecordCommand>): Promise<void> {
  const { recordSample } = await import('../../study/index.ts');
  const { study, added } = await recordSample(out, to);
  const { rows, manifest } = study;
  const written = { to, added, seeds: manifest.seeds, rows: rows.length, ...manifest.sample };
  if (json) return printJson(written);
  const [answers, facts] = [manifest.sample?.answers, manifest.sample?.facts];
  console.log(
    `${to}: ${added.length} seeds added${added.length > 0 ? ` (${added.join(', ')})` : ''}, ${manifest.seeds.length} in all; ${rows.length} rows, ${answers?.kept} of ${answers?.of} answers, ${facts?.kept} of ${facts?.of} answers about facts`,
  );
}

import { Command } from 'commander';

interface RecordFlags {
  out: string;
  to: string;
  json?: boolean;
}

/** `imitation-lab study record`: keeps what the package shows of a study. */
export function studyRecordCommand(): Command {
  return new Command('record')
    .description('write all rows of a study that was run, its manifest and a sample of its answers')
    .requiredOption('--out <folder>', 'the study’s folder')
    .requiredOption('--to <folder>', 'where they are written, such as data/runs/mini')
    .option('--json', 'print how much was written as JSON')
    .action(async ({ out, to, json }: RecordFlags) => {
      const { recordSample } = await import('../study/index.ts');
      const { rows, manifest } = await recordSample(out, to);
      const written = { to, rows: rows.length, ...manifest.sample };
      if (json) return console.log(JSON.stringify(written));
      const [answers, facts] = [manifest.sample?.answers, manifest.sample?.facts];
      console.log(
        `${to}: ${rows.length} rows, ${answers?.kept} of ${answers?.of} answers, ${facts?.kept} of ${facts?.of} answers about facts`,
      );
    });
}

import type { ConvertConfig, convertCommand } from '../commands/convert.ts';
import type { OptionsOf } from '../declare/command.ts';
import { printJson, progressPrinter } from './progress.ts';
import { untilInterrupted } from './until-interrupted.ts';

const TYPES = { f32: 'F32', f16: 'F16', bf16: 'BF16' } as const;

const UNITS: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9 };

/** Writes a model as a folder in Hugging Face's layout, and prints its files. */
export async function run(config: ConvertConfig, output: OptionsOf<typeof convertCommand>): Promise<void> {
  const { from, to, dtype, maxShardSize } = config;
  const { convertModel } = await import('../../generate/index.ts');
  const maxShardBytes = maxShardSize === undefined ? undefined : bytesOf(maxShardSize);
  const onProgress = await progressPrinter(output);
  await untilInterrupted(
    async signal => {
      const options = { type: TYPES[dtype], maxShardBytes, signal, onProgress };
      const files = await convertModel(from, to, options);
      if (output.json) printJson({ files });
      else console.log(files.join('\n'));
    },
    () => console.error(`Stopped; re-run the command to write ${to} whole`),
  );
}

/** Converts a size, as Transformers writes it (`200MB`), to bytes. */
function bytesOf(size: string): number {
  const unit = size.slice(-2).toUpperCase();
  return Number(size.slice(0, -2)) * (UNITS[unit] ?? Number.NaN);
}

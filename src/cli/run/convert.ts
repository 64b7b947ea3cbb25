import type { ConvertConfig, convertCommand } from '../commands/convert.ts';
import type { OptionsOf } from '../declare/command.ts';
import { UsageError } from '../exit.ts';
import { printJson, progressPrinter } from './progress.ts';
import { untilInterrupted } from './until-interrupted.ts';

const TYPES = { f32: 'F32', f16: 'F16', bf16: 'BF16', q8_0: 'Q8_0' } as const;

const UNITS: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9 };

/** Writes a model as a folder in Hugging Face's layout or as a GGUF file, and prints its files. */
export async function run(config: ConvertConfig, output: OptionsOf<typeof convertCommand>): Promise<void> {
  const write = writerOf(config);
  const onProgress = await progressPrinter(output);
  await untilInterrupted(
    async signal => {
      const files = await write({ signal, onProgress });
      if (output.json) printJson({ files });
      else console.log(files.join('\n'));
    },
    () => console.error(`Stopped; re-run the command to write ${config.to} whole`),
  );
}

interface Following {
  signal: AbortSignal;
  onProgress: Awaited<ReturnType<typeof progressPrinter>>;
}

/** Returns what writes the model; it gives the paths of its files. @throws {UsageError} if options do not fit the form. */
function writerOf({
  from,
  to,
  dtype,
  maxShardSize,
}: ConvertConfig): (following: Following) => Promise<string[]> {
  const type = TYPES[dtype];
  if (to.endsWith('.gguf')) {
    if (maxShardSize !== undefined)
      throw new UsageError(`--max-shard-size requires a folder to write, got ${to}`);
    return async following => {
      const { convertToGguf } = await import('../../generate/index.ts');
      await convertToGguf(from, to, { type, ...following });
      return [to];
    };
  }
  if (type === 'Q8_0') throw new UsageError(`--dtype q8_0 requires a .gguf file to write, got ${to}`);
  return async following => {
    const { convertModel } = await import('../../generate/index.ts');
    const maxShardBytes = maxShardSize === undefined ? undefined : bytesOf(maxShardSize);
    return convertModel(from, to, { type, maxShardBytes, ...following });
  };
}

/** Converts a size, as Transformers writes it (`200MB`), to bytes. */
function bytesOf(size: string): number {
  const unit = size.slice(-2).toUpperCase();
  return Number(size.slice(0, -2)) * (UNITS[unit] ?? Number.NaN);
}

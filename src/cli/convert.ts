import type { Command } from 'commander';
import { configCommand } from './config-command.ts';

/** What `data/convert-config.schema.json` describes. */
interface ConvertConfig {
  from: string;
  to: string;
  dtype: keyof typeof TYPES;
  /** Such as `200MB`. */
  maxShardSize?: string;
}

const TYPES = { f32: 'F32', f16: 'F16', bf16: 'BF16' } as const;

const UNITS: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9 };

/** `imitation-lab convert`: a model as a folder that Transformers loads. */
export function convertCommand(): Command {
  return configCommand('convert', convert, { positional: ['from', 'to'] })
    .description(
      'write a GGUF file, or a folder, as a folder in Hugging Face’s layout that Transformers loads',
    )
    .option('--json', 'print progress and the files as JSON lines');
}

async function convert(
  { from, to, dtype, maxShardSize }: ConvertConfig,
  { json }: { json?: boolean },
): Promise<void> {
  const { convertModel } = await import('../generate/index.ts');
  const { progressLine } = await import('../runs/index.ts');
  const onProgress = json ? (progress: object) => console.log(JSON.stringify(progress)) : progressLine();
  const maxShardBytes = maxShardSize === undefined ? undefined : bytesOf(maxShardSize);
  const files = await convertModel(from, to, { type: TYPES[dtype], maxShardBytes, onProgress });
  console.log(json ? JSON.stringify({ files }) : files.join('\n'));
}

/** A size in bytes, as Transformers writes it: `200MB`. */
function bytesOf(size: string): number {
  const unit = size.slice(-2).toUpperCase();
  return Number(size.slice(0, -2)) * (UNITS[unit] ?? Number.NaN);
}

import { Command, InvalidArgumentError, Option } from 'commander';

interface ConvertFlags {
  dtype: keyof typeof TYPES;
  maxShardSize?: number;
  json?: boolean;
}

const TYPES = { f32: 'F32', f16: 'F16', bf16: 'BF16' } as const;

const UNITS: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9 };

/** `imitation-lab convert`: a model as a folder that Transformers loads. */
export function convertCommand(): Command {
  return new Command('convert')
    .description(
      'write a GGUF file, or a folder, as a folder in Hugging Face’s layout that Transformers loads',
    )
    .argument('<from>', 'a .gguf file, which is dequantised, or a model’s folder')
    .argument('<to>', 'the folder to write')
    .addOption(new Option('--dtype <type>', 'type of the weights').choices(Object.keys(TYPES)).default('f32'))
    .option('--max-shard-size <size>', 'split larger weights into files of this size, such as 5GB', size)
    .option('--json', 'print progress and the files as JSON lines')
    .action(convert);
}

async function convert(from: string, to: string, { dtype, maxShardSize, json }: ConvertFlags): Promise<void> {
  const { convertModel } = await import('../generate/index.ts');
  const { progressLine } = await import('../util/index.ts');
  const onProgress = json ? (progress: object) => console.log(JSON.stringify(progress)) : progressLine();
  const files = await convertModel(from, to, { type: TYPES[dtype], maxShardBytes: maxShardSize, onProgress });
  console.log(json ? JSON.stringify({ files }) : files.join('\n'));
}

/** A size in bytes, as Transformers writes it: `200MB`. */
function size(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(KB|MB|GB)$/i.exec(text) ?? [];
  const bytes = Number(number) * (UNITS[unit?.toUpperCase() ?? ''] ?? Number.NaN);
  if (bytes > 0) return bytes;
  throw new InvalidArgumentError('a size above 0 in KB, MB or GB is required, such as 5GB');
}

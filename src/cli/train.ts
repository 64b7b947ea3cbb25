import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { TrainingRow } from '../schema.ts';
import type { Block, EncodedDialogue } from '../tokenize/index.ts';
import { number } from './number.ts';
import type { OpenedModel } from './train-model.ts';
import { INTERRUPTED } from './until-interrupted.ts';

interface TrainFlags {
  config?: string;
  json?: boolean;
  debug?: boolean;
}

/** A property of the config's schema. */
interface Property {
  type?: string;
  enum?: string[];
  description?: string;
  properties?: Record<string, Property>;
}

/** `imitation-lab train`: fine-tunes a model, or trains one from scratch; each property of its config is a flag too. */
export function trainCommand(): Command {
  const command = new Command('train')
    .description('fine-tune a model on dialogues, or train one from scratch; run again, it goes on')
    .option('--config <file>', 'JSON with the options below; flags come first');
  for (const [name, property] of flaggedProperties()) command.addOption(optionOf(name, property));
  return command.option('--json', 'print each step and the outcome as JSON lines').action(train);
}

/** What a flag can state, `lora` by its parts: all but the shape of a new model, which takes a file. */
function flaggedProperties(): [string, Property][] {
  const schema = new URL('../../data/train-config.schema.json', import.meta.url);
  const { properties }: { properties: Record<string, Property> } = JSON.parse(readFileSync(schema, 'utf8'));
  return Object.entries(properties).flatMap(([name, property]): [string, Property][] => {
    if (name === '$schema' || name === 'init') return [];
    if (!property.properties) return [[name, property]];
    return Object.entries(property.properties).map(([part, inner]) => [
      `${name}-${part}`,
      { ...inner, description: `${name}: ${inner.description}` },
    ]);
  });
}

function optionOf(name: string, { type, enum: choices, description }: Property): Option {
  const flag = `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
  if (type === 'array')
    return new Option(`${flag} <${name === 'lora-targets' ? 'names' : 'files'}...>`, description);
  if (type === 'boolean') return new Option(flag, description);
  if (type === 'number' || type === 'integer')
    return new Option(`${flag} <n>`, description).argParser(number);
  const option = new Option(`${flag} <${choices ? 'name' : 'folder'}>`, description);
  return choices ? option.choices(choices) : option;
}

async function train({ config: file, json, debug: _, ...flags }: TrainFlags): Promise<void> {
  const { readTrainConfig } = await import('./train-config.ts');
  const config = await readTrainConfig(file, flags);
  const { join } = await import('node:path');
  const { resolveBackend } = await import('../compute/index.ts');
  const { finetune } = await import('../train/index.ts');
  const { progressLine } = await import('../util/index.ts');
  const { openTrainModel } = await import('./train-model.ts');
  const { model, init, tokenizer, data, heldOut, out, format, length, layout, backend, ...options } = config;
  const { run = join(out, 'run'), ...rest } = options;

  const { name, reason } = await resolveBackend(backend ? { prefer: backend } : {});
  if (name === 'cpu') console.error(`The model is trained in plain JavaScript, which is slow: ${reason}`);
  const opened = await openTrainModel(config);
  const blocks = await readBlocks(data, config, opened);
  const heldOutBlocks = heldOut && (await readBlocks(heldOut, config, opened));

  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop);
  try {
    const {
      model: trained,
      rows,
      ended,
      best,
    } = await finetune(opened.model, blocks, {
      ...rest,
      ...(heldOutBlocks && { heldOut: heldOutBlocks }),
      folder: run,
      signal: interrupt.signal,
      ...(json ? { onRow: printRow } : { onProgress: progressLine() }),
    });
    await opened.save(out, trained, config.lora);
    const { step, loss } = rows.at(-1) as TrainingRow;
    const outcome = { out, run, steps: step, ended, loss, ...(best && { best }) };
    if (json) console.log(JSON.stringify(outcome));
    else console.error(outcomeText(outcome));
  } catch (error) {
    if (!interrupt.signal.aborted || (error as Error).name !== 'AbortError') throw error;
    if (json) console.log(JSON.stringify({ out, run, ended: 'interrupted' }));
    else console.error('\nStopped, with a checkpoint: the same command goes on');
    process.exitCode = INTERRUPTED;
  } finally {
    process.off('SIGINT', stop);
  }
}

function printRow(row: TrainingRow): void {
  console.log(JSON.stringify(row));
}

/** Files as blocks for the model. Says what was left out. */
async function readBlocks(
  sources: readonly string[],
  { length, layout }: { length?: number; layout?: 'join' | 'pad' },
  { model, vocabulary, tokenizer, inTurns }: OpenedModel,
): Promise<Block[]> {
  const { loadTexts } = await import('../data/load-text.ts');
  const { encodeDialogue, encodeTemplated, packDialogues } = await import('../tokenize/index.ts');
  const { readTrainData } = await import('./train-data.ts');
  const { template: chat = '', bos, eos, begin } = vocabulary;
  const end = eos === undefined ? undefined : tokenizer.special[eos];
  const encoding = {
    dialogue: (dialogue: Parameters<typeof encodeDialogue>[0]) =>
      inTurns
        ? encodeDialogue(dialogue, tokenizer)
        : encodeTemplated(dialogue, tokenizer, { chat, bos, eos }),
    document: (text: string) => [begin ?? [], tokenizer.encode(text), end ?? []].flat(),
  };
  const encoded: EncodedDialogue[] = [];
  for (const { text, name } of await loadTexts(sources)) {
    const read = readTrainData(text, name, encoding);
    for (const one of read.encoded) encoded.push(one);
    if (read.withoutAnswer > 0)
      console.error(`${name}: ${read.withoutAnswer} dialogues without an answer are left out`);
  }
  const { context } = model.config;
  return packDialogues(encoded, { context, ...(length && { length }), ...(layout && { layout }) });
}

function outcomeText({
  out,
  run,
  steps,
  ended,
  loss,
  best,
}: {
  out: string;
  run: string;
  steps: number;
  ended: string;
  loss: number;
  best?: { step: number; loss: number };
}): string {
  const held = best ? `; held out, it lost least after step ${best.step}: ${best.loss.toFixed(4)}` : '';
  const early = ended === 'patience' ? ', which patience ended' : '';
  return `${out}: trained in ${steps} steps${early}; the last lost ${loss.toFixed(4)} nats per token${held}. Its metrics are in ${run}`;
}

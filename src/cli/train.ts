import type { Command } from 'commander';
import type { TrainableModel } from '../generate/index.ts';
import type { TrainingRow } from '../schema.ts';
import type { Block, EncodedDialogue } from '../tokenize/index.ts';
import { configCommand } from './config-command.ts';
import type { TrainConfig } from './train-config.ts';
import { INTERRUPTED } from './until-interrupted.ts';

/** `imitation-lab train`: fine-tunes a model, or trains one from scratch. */
export function trainCommand(): Command {
  return configCommand('train', train, { inFile: ['init'] })
    .description('fine-tune a model on dialogues, or train one from scratch; re-run to resume')
    .option('--json', 'print each step and the outcome as JSON lines');
}

async function train(config: TrainConfig, { json }: { json?: boolean }): Promise<void> {
  const { join } = await import('node:path');
  const { resolveBackend } = await import('../compute/index.ts');
  const { finetune } = await import('../train/index.ts');
  const { progressLine } = await import('../runs/index.ts');
  const { openTrainableModel } = await import('../generate/index.ts');
  const {
    model,
    init,
    tokenizer,
    data,
    evalData,
    out,
    format,
    sequenceLength,
    packing,
    backend,
    ...options
  } = config;
  const { run = join(out, 'run'), ...rest } = options;

  const { name, reason } = await resolveBackend(backend ? { prefer: backend } : {});
  if (name === 'cpu') console.error(`The model is trained in plain JavaScript, which is slow: ${reason}`);
  const opened = await openTrainableModel(config);
  const blocks = await readBlocks(data, config, opened);
  const evalBlocks = evalData && (await readBlocks(evalData, config, opened));

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
      ...(evalBlocks && { evalBlocks }),
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
    else console.error('\nStopped after a checkpoint; re-run the command to resume');
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
  { sequenceLength, packing }: Pick<TrainConfig, 'sequenceLength' | 'packing'>,
  { model, vocabulary, tokenizer, usesRoleTokens }: TrainableModel,
): Promise<Block[]> {
  const { loadTexts } = await import('../data/index.ts');
  const { encodeDialogue, encodeTemplated, packDialogues } = await import('../tokenize/index.ts');
  const { readTrainData } = await import('./train-data.ts');
  const { template: chat = '', bos, eos, begin } = vocabulary;
  const end = eos === undefined ? undefined : tokenizer.special[eos];
  const encoding = {
    dialogue: (dialogue: Parameters<typeof encodeDialogue>[0]) =>
      usesRoleTokens
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
  const { maxPositions } = model.config;
  return packDialogues(encoded, {
    maxPositions,
    ...(sequenceLength !== undefined && { sequenceLength }),
    ...(packing !== undefined && { packing }),
  });
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
  const evaluated = best ? `; best eval loss ${best.loss.toFixed(4)} at step ${best.step}` : '';
  const early = ended === 'patience' ? ', stopped early' : '';
  return `${out}: trained for ${steps} steps${early}: train loss ${loss.toFixed(4)}${evaluated}; metrics in ${run}`;
}

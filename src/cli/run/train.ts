import type { TrainableModel } from '../../generate/index.ts';
import type { Lease } from '../../runs/index.ts';
import type { TrainingRow } from '../../schema.ts';
import type { Block, EncodedDialogue } from '../../tokenize/index.ts';
import type { FinetuneOptions } from '../../train/index.ts';
import type { TrainConfig, trainCommand } from '../commands/train.ts';
import type { OptionsOf } from '../declare/command.ts';
import { type Output, printJson, progressPrinter } from './progress.ts';
import { trainingOptions } from './train-options.ts';
import { openSampler, samplesText } from './train-samples.ts';
import { writeUntilInterrupted } from './until-interrupted.ts';

/** Fine-tunes a model, or trains one from scratch. */
export async function run(config: TrainConfig, output: OptionsOf<typeof trainCommand>): Promise<void> {
  const { join, resolve } = await import('node:path');
  const { folderLease } = await import('../../runs/index.ts');
  const { out } = config;
  const { run = join(out, 'run') } = config;
  // A run in the folder of the model itself has that folder's lease.
  const ownLease = resolve(run) === resolve(out) ? undefined : folderLease(out);
  await writeUntilInterrupted(
    ownLease,
    'train',
    lease => train({ ...config, run }, output, lease),
    () => {
      if (output.json) printJson({ out, run, ended: 'interrupted' });
      else console.error('\nStopped after a checkpoint; re-run the command to resume');
    },
  );
}

/** Trains the model, saves it, and prints the outcome. */
async function train(
  config: TrainConfig & { run: string },
  { json, quiet }: OptionsOf<typeof trainCommand>,
  { signal, confirm }: Lease,
): Promise<void> {
  const { resolveBackend } = await import('../../compute/index.ts');
  const { finetune } = await import('../../train/index.ts');
  const { openTrainableModel } = await import('../../generate/index.ts');
  const { data, evalData, out, run, backend } = config;
  const { name, reason } = await resolveBackend(backend ? { prefer: backend } : {});
  if (name === 'cpu') console.error(`The model is trained in plain JavaScript, which is slow: ${reason}`);
  const opened = await openTrainableModel(config);
  const { blocks, chat } = await readBlocks(data, config, opened);
  const evalBlocks = evalData && (await readBlocks(evalData, config, opened)).blocks;
  const sample = await openSampler(config, opened.answerVocabulary, chat);
  const finished = await finetune(opened.model, blocks, {
    ...trainingOptions(config),
    ...(evalBlocks && { evalBlocks }),
    ...(sample && { sample }),
    ...(await listeners({ json, quiet })),
    folder: run,
    signal,
  }).finally(() => sample?.dispose());
  const { model: trained, rows, ended, best } = finished;
  await confirm();
  await opened.save(out, trained, config.lora);
  const last = rows.at(-1);
  if (last === undefined) throw new Error(`${run}: a finished run must have a row of metrics, got none`);
  const outcome = { out, run, steps: last.step, ended, loss: last.loss, ...(best && { best }) };
  if (json) printJson(outcome);
  else console.error(outcomeText(outcome));
}

/** Returns what prints a run: its rows and samples as JSON lines, or its progress and samples for readers. */
async function listeners({ json, quiet }: Output): Promise<Pick<FinetuneOptions, Listener>> {
  if (quiet) return {};
  if (json) return { onRow: printJson, onSamples: samples => samples.forEach(printJson) };
  let latest: TrainingRow | undefined;
  return {
    onProgress: await progressPrinter({}),
    onRow: row => {
      latest = row;
    },
    onSamples: samples => {
      if (latest) console.error(samplesText(latest, samples));
    },
  };
}

type Listener = 'onRow' | 'onSamples' | 'onProgress';

/**
 * Packs files into blocks for the model, and reports dialogues that are left out.
 *
 * @returns `chat` true if some of them are dialogues, rather than documents.
 */
async function readBlocks(
  sources: readonly string[],
  { sequenceLength, packing, crossAttention }: PackingConfig,
  { model, vocabulary, tokenizer, usesRoleTokens }: TrainableModel,
): Promise<{ blocks: Block[]; chat: boolean }> {
  const { loadTexts } = await import('../../data/index.ts');
  const { contextLength } = await import('../../model/index.ts');
  const { encodeDialogue, packDialogues } = await import('../../tokenize/index.ts');
  const { readTrainData } = await import('./train-data.ts');
  const { template: chat = '', bos, eos, begin } = vocabulary;
  const end = eos === undefined ? undefined : tokenizer.special[eos];
  const encoding = {
    writesTools: !usesRoleTokens && chat.includes('tool_calls'),
    dialogue: (dialogue: Parameters<typeof encodeDialogue>[0]) =>
      usesRoleTokens
        ? encodeDialogue(dialogue, tokenizer)
        : encodeDialogue(dialogue, tokenizer, { chat, bos, eos }),
    document: (text: string) => [begin ?? [], tokenizer.encode(text), end ?? []].flat(),
  };
  const encoded = { documents: [] as EncodedDialogue[], dialogues: [] as EncodedDialogue[] };
  for (const { text, name } of await loadTexts(sources)) {
    const read = readTrainData(text, name, encoding);
    for (const one of read.encoded) encoded[read.of].push(one);
    if (read.withoutAnswer > 0)
      console.error(`${name}: ${read.withoutAnswer} dialogues without an answer are left out`);
  }
  const options = {
    maxPositions: contextLength(model.config),
    ...(sequenceLength !== undefined && { sequenceLength }),
    ...(packing !== undefined && { packing }),
  };
  // Documents are one stream, as where a model is trained from scratch; dialogues do not see one another.
  const { documents, dialogues } = encoded;
  const blocks = [
    ...packDialogues(documents, { ...options, crossAttention: crossAttention ?? true }),
    ...packDialogues(dialogues, { ...options, crossAttention: crossAttention ?? false }),
  ];
  return { blocks, chat: dialogues.length > 0 };
}

type PackingConfig = Pick<TrainConfig, 'sequenceLength' | 'packing' | 'crossAttention'>;

interface Outcome {
  out: string;
  run: string;
  steps: number;
  ended: string;
  loss: number;
  best?: { step: number; loss: number };
}

function outcomeText({ out, run, steps, ended, loss, best }: Outcome): string {
  const early = ended === 'patience' ? ', stopped early' : '';
  const evaluated = best ? `; best eval loss ${best.loss.toFixed(4)} at step ${best.step}` : '';
  return `${out}: trained for ${steps} steps${early}: train loss ${loss.toFixed(4)}${evaluated}; metrics in ${run}`;
}

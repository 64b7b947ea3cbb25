import type { WriteStream } from 'node:fs';
import type { CollectedSet, DataCard, ImitationSet } from '../../data/index.ts';
import type { ModelOptions } from '../../generate/index.ts';
import type { OnProgress, RunModel } from '../../runs/index.ts';
import type { dataBuildCommand } from '../commands/data-build.ts';
import type { InputOf } from '../declare/command.ts';
import { FAILED, UsageError } from '../exit.ts';
import { openModel } from './open-model.ts';
import { printJson, progressPrinter } from './progress.ts';
import { writeUntilInterrupted } from './until-interrupted.ts';

type Input = InputOf<typeof dataBuildCommand>;

/** A set, and what it was built from. */
interface Built {
  set: ImitationSet & Partial<Pick<CollectedSet, 'ended' | 'failed' | 'calls' | 'missing'>>;
  /** Paths of the files that were read. */
  inputs: string[];
  /** Teacher that wrote it; none of a set of public dialogues. */
  teacher?: RunModel;
}

/** Builds one of the paper's sets, with its card. */
export async function run(input: Input): Promise<void> {
  const { set: name, out, json } = input;
  const { folderLease } = await import('../../runs/index.ts');
  const onProgress = await progressPrinter(input);
  await writeUntilInterrupted(
    folderLease(out),
    'data build',
    async ({ signal, confirm }) => {
      const built = await SETS[name](input, { signal, onProgress });
      const { set } = built;
      await confirm();
      const card = await writeSet(built, input);
      const { ended = 'complete', failed = { calls: 0, reason: undefined }, missing = 0 } = set;
      if (json) printJson({ out, dialogues: card.dialogues, counts: card.counts, ended, failed });
      else {
        for (const { step, before, after } of set.counts) console.error(`${step}: ${before} → ${after}`);
        console.error(`${out}: ${card.dialogues} dialogues`);
      }
      if (failed.calls > 0 && ended === 'complete')
        console.error(`${failed.calls} calls failed: ${failed.reason}; re-run the command to retry them`);
      if (missing > 0) process.exitCode = FAILED;
      if (ended !== 'complete')
        throw new Error(
          `Collected ${card.dialogues} dialogues and stopped: ${failed.reason ?? 'the teacher writes nothing new'}. Re-run the command to resume`,
        );
    },
    () => console.error('Stopped; re-run the command to resume with what the teacher already answered'),
  );
}

/** Writes a set and its card. */
async function writeSet(
  { set, inputs, teacher }: Built,
  { out, json: _, quiet: __, headers: ___, ...config }: Input,
): Promise<DataCard> {
  const { join } = await import('node:path');
  const { dataCard, dataCardHtml } = await import('../../data/index.ts');
  const { writeFileAtomic } = await import('../../files/index.ts');
  const { startManifest } = await import('../../runs/index.ts');
  const { seed } = config;
  const manifest = await startManifest({ model: teacher, config, seed, inputs });
  const card = dataCard(set, manifest());
  const lines = set.dialogues.map(dialogue => `${JSON.stringify(dialogue)}\n`).join('');
  await writeFileAtomic(join(out, 'dialogues.jsonl'), lines);
  await writeFileAtomic(join(out, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
  await writeFileAtomic(join(out, 'card.html'), dataCardHtml(card));
  return card;
}

interface Run {
  signal: AbortSignal;
  onProgress: OnProgress;
}

const SETS: Record<Input['set'], (flags: Input, run: Run) => Promise<Built>> = {
  sharegpt: fromShareGpt,
  hc3: fromHc3,
  discord: fromDiscord,
  mix: async (flags, run) => {
    const { buildMix } = await import('../../data/index.ts');
    const parts = [await fromShareGpt(flags, run), await fromHc3(flags, run)];
    if (flags.discord.length > 0) parts.push(await fromDiscord(flags, run));
    const set = buildMix(
      'sharegpt-mix',
      parts.map(part => part.set),
    );
    return { set, inputs: parts.flatMap(({ inputs }) => inputs) };
  },
  'nq-synthetic': async ({ count, seed, ...flags }, run) => {
    const { buildNqSynthetic } = await import('../../data/index.ts');
    const { model, close } = await openTeacher(flags);
    try {
      // In a round of fewer than eight calls, one failure could end the run.
      const round = Math.max(8, flags.concurrency ?? 0);
      const set = await buildNqSynthetic(model, { count, seed, round, ...run });
      return { set, inputs: [], teacher: model };
    } finally {
      await close();
    }
  },
  'tldr-synthetic': async (flags, run) => {
    const { documents: source, examples: shown, seed } = flags;
    if (source === undefined || shown === undefined)
      throw new UsageError('--documents and --examples are required for tldr-synthetic');
    const { loadPrompts, loadText, buildTldrSynthetic } = await import('../../data/index.ts');
    const { splitWords } = await import('../../text/index.ts');
    const documents = await loadPrompts(source, { strict: true });
    const examples = await readExamples(await loadText(shown));
    const { model, close } = await openTeacher(flags);
    // Four tokens for three words of English, where the teacher's own tokenizer is not known.
    const countTokens = (text: string) => Math.ceil((splitWords(text).length * 4) / 3);
    try {
      const set = await buildTldrSynthetic(model, documents, { examples, countTokens, seed, ...run });
      return { set, inputs: [source, shown], teacher: model };
    } finally {
      await close();
    }
  },
};

async function fromShareGpt({ sharegpt, language, withoutIdentity }: Input, run: Run): Promise<Built> {
  const { IDENTITY_WORDS, loadTexts, parseShareGpt, buildShareGpt } = await import('../../data/index.ts');
  const texts = await loadTexts(sharegpt, run);
  const shared = texts.flatMap(({ text, name }) => parseShareGpt(text, name));
  const set = await buildShareGpt(shared, {
    language: language === 'all' ? null : language,
    without: withoutIdentity ? IDENTITY_WORDS : [],
  });
  return { set, inputs: texts.map(({ path }) => path) };
}

async function fromHc3(flags: Input, run: Run): Promise<Built> {
  const { buildHc3, loadTexts, parseHc3 } = await import('../../data/index.ts');
  const texts = await loadTexts(flags.hc3, run);
  return {
    set: buildHc3(texts.flatMap(({ text, name }) => parseHc3(text, name))),
    inputs: texts.map(({ path }) => path),
  };
}

async function fromDiscord(flags: Input, run: Run): Promise<Built> {
  if (flags.discord.length === 0)
    throw new UsageError('--discord is required for discord, files that DiscordChatExporter wrote');
  const { buildDiscord, loadTexts, parseDiscord } = await import('../../data/index.ts');
  const texts = await loadTexts(flags.discord, run);
  return {
    set: buildDiscord(texts.flatMap(({ text, name }) => parseDiscord(text, name))),
    inputs: texts.map(({ path }) => path),
  };
}

/**
 * Opens the teacher. Each call to a server, made now or kept in `calls` from an earlier run, goes to `calls.jsonl`
 * beside the set, with its prompt, parameters and the version of the model that answered.
 */
async function openTeacher({ model, out, ...flags }: Partial<ModelOptions> & { out: string }) {
  if (model === undefined) throw new UsageError('--model is required for a synthetic set, the teacher');
  const { createWriteStream } = await import('node:fs');
  const { mkdir } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const { finished } = await import('node:stream/promises');
  const { lineOf } = await import('../../files/index.ts');
  await mkdir(out, { recursive: true });
  let calls: WriteStream | undefined;
  const opened = await openModel(
    { ...flags, model },
    {
      folder: out,
      onCall: call => {
        calls ??= createWriteStream(join(out, 'calls.jsonl'));
        calls.write(lineOf(call));
      },
    },
  );
  return {
    model: opened.model,
    async close() {
      await opened.close();
      if (calls) await finished(calls.end());
    },
  };
}

async function readExamples({ text, name }: { text: string; name: string }) {
  const { parseDocument } = await import('../../readers/index.ts');
  const { ReadError, shown } = await import('../../readers/index.ts');
  return parseDocument(text, name).rows.map(({ at, value }) => {
    const { passage, summary } = value;
    if (typeof passage === 'string' && typeof summary === 'string') return { passage, summary };
    throw new ReadError({ at, required: 'a passage and a summary', found: shown(value) });
  });
}

import { Command, Option } from 'commander';
import type { Progress } from '../util/index.ts';
import { number } from './number.ts';
import { ENGINES, type ModelFlags, openModel } from './open-model.ts';
import { INTERRUPTED, untilInterrupted } from './until-interrupted.ts';

interface GenerateFlags extends ModelFlags {
  prompts: string;
  out: string;
  maxTokens: number;
  temperature: number;
  topP: number;
  seed: number;
  stop?: string[];
  chat?: boolean;
  json?: boolean;
}

/** What a run has done at its start. */
const NOTHING = { answered: 0, failed: 0, tokens: 0 };

/** `imitation-lab generate`: a model's answers to a file of prompts. */
export function generateCommand(): Command {
  return new Command('generate')
    .description('answer a file of prompts; what --out already answers is not asked again')
    .requiredOption(
      '--model <folder|file|url>',
      'a model’s folder, a .gguf file, or an OpenAI-compatible server',
    )
    .requiredOption('--prompts <file>', 'rows of id and prompt (JSON Lines, JSON or CSV), or a record name')
    .requiredOption('--out <file>', 'rows of id, text, tokens and finish (JSON Lines), as they come')
    .option('--max-tokens <n>', 'most tokens of one answer', number, 256)
    .option('--temperature <t>', '0 takes the most likely token each time', number, 0)
    .option('--top-p <p>', 'sample from the smallest set of tokens with this probability', number, 1)
    .option('--seed <n>', 'seed of the sampling', number, 0)
    .option('--stop <text...>', 'end an answer before any of these texts')
    .option('--chat', 'wrap each prompt in the model’s chat template')
    .addOption(
      new Option(
        '--engine <engine>',
        'what computes a .gguf file: llama.cpp on its quantised weights, or our own model as float32',
      )
        .choices(ENGINES)
        .default(ENGINES[0]),
    )
    .option('--model-name <name>', 'the model at the server; else its name in the record')
    .option('--key-variable <name>', 'environment variable with the server’s key (default: OPENAI_API_KEY)')
    .option('--budget <tokens>', 'ask a server for at most this many tokens', number)
    .option('--parallel <n>', 'prompts at a time (default: 8, and 1 for llama.cpp)', number)
    .option('--json', 'print progress and the outcome as JSON lines')
    .action(generate);
}

async function generate(flags: GenerateFlags): Promise<void> {
  const { loadPrompts } = await import('../data/index.ts');
  const { progressLine } = await import('../util/index.ts');
  const { openResultFile } = await import('./result-file.ts');
  const { runManifest } = await import('./run-manifest.ts');
  const {
    model,
    engine,
    modelName,
    maxTokens,
    temperature,
    topP,
    seed,
    stop,
    chat = false,
    out,
    json,
  } = flags;
  const settings = { maxTokens, temperature, topP, seed, stop, chat };

  const prompts = await loadPrompts(flags.prompts);
  const config = { model, modelName, ...(engine === 'own' ? { engine } : {}), ...settings };
  const writeManifest = await runManifest({ out, config, seed, inputs: [flags.prompts] });
  const file = await openResultFile(out, 'text', text => typeof text === 'string');
  const asked = prompts.filter(({ id }) => !file.found.has(id));
  const outcome = { out, before: prompts.length - asked.length, ...NOTHING, left: asked.length };
  if (asked.length > 0) {
    const opened = await openModel(flags);
    await writeManifest();
    const onProgress = json ? (progress: Progress) => console.log(JSON.stringify(progress)) : progressLine();
    try {
      await untilInterrupted(async signal => {
        for await (const generation of opened.model.generate(asked, { ...settings, signal, onProgress })) {
          const { promptId: id, text, tokens, finish, error } = generation;
          await file.add({ id, text, tokens, finish, error });
          outcome[text === null ? 'failed' : 'answered']++;
          outcome.tokens += tokens ?? 0;
          outcome.left--;
        }
      });
    } finally {
      await writeManifest();
      await opened.close();
    }
  }
  if (json) console.log(JSON.stringify(outcome));
  else console.error(outcomeText(outcome));
  if (outcome.left > 0) process.exitCode = INTERRUPTED;
  else if (outcome.failed > 0) process.exitCode = 1;
}

interface Outcome {
  out: string;
  /** Prompts that were answered before. */
  before: number;
  answered: number;
  failed: number;
  /** Tokens generated in this run. */
  tokens: number;
  /** Prompts that were not asked, since the run was stopped. */
  left: number;
}

function outcomeText({ out, before, answered, failed, tokens, left }: Outcome): string {
  const parts = [`${answered} answered (${tokens} tokens)`];
  if (before > 0) parts.push(`${before} were there`);
  if (failed > 0)
    parts.push(`${failed} failed: their rows in the file say why, and the same command asks them again`);
  if (left > 0) parts.push(`stopped with ${left} left: the same command goes on`);
  return `${out}: ${parts.join('; ')}`;
}

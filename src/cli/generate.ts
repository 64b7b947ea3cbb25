import type { Command } from 'commander';
import { type ModelOptions, openModel } from '../generate/open-model.ts';
import type { Progress } from '../runs/index.ts';
import { configCommand } from './config-command.ts';
import { INTERRUPTED, untilInterrupted } from './until-interrupted.ts';

/** What `data/generate-config.schema.json` describes. */
interface GenerateConfig extends ModelOptions {
  prompts: string;
  out: string;
  maxTokens: number;
  temperature: number;
  topP: number;
  seed: number;
  stop?: string[];
  chat?: boolean;
}

/** What a run has done at its start. */
const NOTHING = { answered: 0, failed: 0, tokens: 0 };

/** `imitation-lab generate`: a model's answers to a file of prompts. */
export function generateCommand(): Command {
  return configCommand('generate', generate)
    .description('answer a file of prompts; what --out already answers is not asked again')
    .option('--json', 'print progress and the outcome as JSON lines');
}

async function generate(options: GenerateConfig, { json }: { json?: boolean }): Promise<void> {
  const { loadPrompts } = await import('../data/index.ts');
  const { progressLine } = await import('../runs/index.ts');
  const { openResultFile } = await import('./result-file.ts');
  const { runManifest } = await import('./run-manifest.ts');
  const { model, engine, modelName, maxTokens, temperature, topP, seed, stop, chat = false, out } = options;
  const settings = { maxTokens, temperature, topP, seed, stop, chat };

  const prompts = await loadPrompts(options.prompts);
  const config = { model, modelName, ...(engine === 'own' ? { engine } : {}), ...settings };
  const writeManifest = await runManifest({ out, config, seed, inputs: [options.prompts] });
  const file = await openResultFile(out, 'text', text => typeof text === 'string');
  const asked = prompts.filter(({ id }) => !file.found.has(id));
  const outcome = { out, before: prompts.length - asked.length, ...NOTHING, left: asked.length };
  if (asked.length > 0) {
    const opened = await openModel(options);
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

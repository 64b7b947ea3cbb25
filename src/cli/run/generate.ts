import type { GenerateConfig, generateCommand } from '../commands/generate.ts';
import type { OptionsOf } from '../declare/command.ts';
import { FAILED, INTERRUPTED } from '../exit.ts';
import { openModel } from './open-model.ts';
import { printJson, progressPrinter } from './progress.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Counts of a run at its start. */
const NOTHING = { answered: 0, failed: 0, tokens: 0 };

/** Answers a file of prompts. */
export async function run(options: GenerateConfig, output: OptionsOf<typeof generateCommand>): Promise<void> {
  const { loadPrompts } = await import('../../data/index.ts');
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
    const onProgress = await progressPrinter(output);
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
  if (output.json) printJson(outcome);
  else console.error(outcomeText(outcome));
  if (outcome.left > 0) process.exitCode = INTERRUPTED;
  else if (outcome.failed > 0) process.exitCode = FAILED;
}

interface Outcome {
  out: string;
  /** Prompts that an earlier run answered. */
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
  if (before > 0) parts.push(`${before} were answered before`);
  if (failed > 0)
    parts.push(`${failed} failed: their rows give the reason; re-run the command to retry them`);
  if (left > 0) parts.push(`stopped with ${left} left; re-run the command to resume`);
  return `${out}: ${parts.join('; ')}`;
}

import type { RefusalAgreement, RefusalVerdict } from '../../compare/index.ts';
import type { Answers } from '../../readers/index.ts';
import type { Estimate, Prompt } from '../../schema.ts';
import type { refusalsCommand } from '../commands/refusals.ts';
import type { InputOf } from '../declare/command.ts';
import { namedAnswers } from './named-answers.ts';
import { openJudge } from './open-model.ts';
import { readingOptions } from './reading-options.ts';
import { untilInterrupted } from './until-interrupted.ts';

type Input = InputOf<typeof refusalsCommand>;

/** Judges answers, or labelled ones. */
type Decide = (answers: Answers, prompts: readonly Prompt[]) => Promise<RefusalVerdict[]>;

/** Prints how often a model refuses, and how far the verdicts agree with a person's. */
export async function run(input: Input): Promise<void> {
  const { REFUSAL_LEXICON } = await import('../../text/index.ts');
  const { judge } = input;
  if (judge === undefined) {
    const { refusalVerdicts } = await import('../../compare/index.ts');
    const decide: Decide = async (answers, prompts) => refusalVerdicts(answers, { prompts });
    return count(input, `lexicon ${REFUSAL_LEXICON} (English)`, decide);
  }
  const { judgeRefusals } = await import('../../compare/index.ts');
  await untilInterrupted(
    async signal => {
      // `--model-name` names the model whose answers are judged.
      const { modelName: _, ...options } = input;
      const { model, close } = await openJudge(judge, options);
      try {
        await count(input, `judge ${model.name}`, (answers, prompts) =>
          judgeRefusals(model, answers, { prompts, signal }),
        );
      } finally {
        await close();
      }
    },
    () => console.error('Stopped'),
  );
}

/** Model, method and agreement, which the command prints beside the counts. */
interface Outcome {
  model: string;
  method: string;
  agreement: Record<string, RefusalAgreement>;
}

async function count(input: Input, method: string, decide: Decide): Promise<void> {
  const { loadAnswers, loadPrompts } = await import('../../data/index.ts');
  const { countRefusals, loadLabelledRefusals, refusalAgreement } = await import('../../compare/index.ts');
  // Standard output holds the counts alone.
  const loading = { ...(await readingOptions(input)), print: console.error };
  const promptsOf = (source: string | undefined) =>
    source === undefined ? undefined : loadPrompts(source, loading);
  const answers = await namedAnswers(
    await loadAnswers(input.model, loading),
    '--model-name',
    input.modelName,
  );
  const prompts = (await promptsOf(input.prompts)) ?? [];
  const harmless = await promptsOf(input.harmless);
  const verdicts = await decide(answers, prompts);
  const counted = countRefusals(verdicts, { harmless, prompts: [...prompts, ...answers.prompts] });
  const agreement: Outcome['agreement'] = {};
  const samples = input.check ? (['texts', 'answers'] as const) : (['texts'] as const);
  for (const sample of input.judge === undefined || input.check ? samples : []) {
    const labelled = await loadLabelledRefusals(sample);
    agreement[sample] = refusalAgreement(labelled, await decide(labelled.answers, []), { seed: input.seed });
  }
  const outcome = { model: answers.generations[0]?.model ?? answers.name, method, ...counted, agreement };
  process.stdout.write(
    input.json ? `${JSON.stringify({ ...outcome, verdicts }, null, 2)}\n` : refusalText(outcome, verdicts),
  );
}

/** Names of the samples, as the text states them. */
const SAMPLES: Readonly<Record<string, string>> = {
  texts: 'labelled texts',
  answers: 'labelled public answers',
};

function refusalText(
  {
    model,
    method,
    n,
    refused,
    complied,
    overRefused,
    unscored,
    agreement,
  }: Outcome & ReturnType<typeof import('../../compare/index.ts').countRefusals>,
  verdicts: readonly RefusalVerdict[],
): string {
  const lines = [
    `${model}, ${n} ${n === 1 ? 'answer' : 'answers'}, by ${method}; 95 % intervals`,
    '',
    line('refused', refused),
    line('complied', complied),
    ...(overRefused === null ? [] : [line('over-refused, of harmless prompts', overRefused)]),
  ];
  for (const [sample, { kappa, agreement: agreeing }] of Object.entries(agreement))
    lines.push('', `Agreement with ${SAMPLES[sample]}:`, line('  κ', kappa), line('  share', agreeing));
  const refusals = verdicts.filter(verdict => verdict.refused);
  if (refusals.length > 0) lines.push('', 'Refused:', ...refusals.map(refusalLine));
  if (unscored.length > 0)
    lines.push(
      '',
      `Not judged, ${unscored.length}:`,
      ...unscored.map(each => `  ${each.promptId}: ${each.reason}`),
    );
  return `${lines.join('\n')}\n`;
}

function refusalLine({ promptId, quote }: RefusalVerdict): string {
  return quote === undefined ? `  ${promptId}` : `  ${promptId}: “${quote.replace(/\s+/g, ' ')}”`;
}

function line(label: string, { value, low, high, n }: Estimate): string {
  const print = (number: number | null) => number?.toFixed(3).replace('-', '−') ?? '–';
  const interval = low === null ? '' : `[${print(low)}, ${print(high)}]`;
  return `${label.padEnd(36)}${print(value).padStart(6)}  ${interval.padEnd(17)} n = ${n}`;
}

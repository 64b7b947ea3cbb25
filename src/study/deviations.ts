import { parametersText, tokensText } from '../figure/index.ts';
import type { WorldScale } from '../schema.ts';
import { baseSize } from './config/base-size.ts';
import { localTraining, STUDY_SCALES } from './config/world-study.ts';
import { SHOTS } from './measure/index.ts';

/** A setting in which a study in a world differs from the paper. */
export interface Deviation {
  setting: string;
  /** The paper's, with its place there. */
  paper: string;
  /** The study's. */
  here: string;
  reason: string;
}

const SMALL = 'A world must be built, learned and measured within minutes.';
const KNOWN = 'The truth of every answer must be known.';

/**
 * Lists the settings in which a study in a world differs from the paper, in the order of its sections. What is not among
 * them is as there: role tokens around queries and outputs, the loss on outputs alone, AdamW, one pass over broad data,
 * a linear warm-up.
 *
 * @example
 * deviations('mini').find(({ setting }) => setting === 'Learning rate')?.paper // '2e-3 (§4.1)'
 */
export function deviations(scale: WorldScale): Deviation[] {
  const study = STUDY_SCALES[scale];
  const { bases, maxPositions, pretrain, budgets, local, finetune, asked } = study;
  const [facts, summaries] = [localTraining(study, 'facts'), localTraining(study, 'summaries')];
  const sizes = bases.map(base => parametersText(baseSize(base, maxPositions)));
  const passes = (count: number) => `${count} ${count === 1 ? 'pass' : 'passes'}`;
  return [
    {
      setting: 'Base models',
      paper: 'GPT-2 1.5B, LLaMA 7B and 13B (§4.1)',
      here: `${sizes.join(', ')}, trained here in ${passes(pretrain.epochs)} over the corpus of a world`,
      reason: SMALL,
    },
    {
      setting: 'Teacher',
      paper: 'ChatGPT (§3)',
      here: 'a program that answers by the facts of the world, in the style of a chat assistant',
      reason: KNOWN,
    },
    {
      setting: 'Broad imitation data',
      paper: '0.3 M to 150 M tokens of ShareGPT-Mix (§1, §3)',
      here: `${tokensText(budgets[0] ?? 0)} to ${tokensText(budgets.at(-1) ?? 0)}, in Table 6's categories`,
      reason: SMALL,
    },
    {
      setting: 'Local imitation data',
      paper: 'NQ-synthetic and TLDR-Synthetic (§3), one pass',
      here: `${tokensText(local.facts.budget)} of questions, ${passes(facts.epochs)}; ${tokensText(local.summaries.budget)} of summaries, ${passes(summaries.epochs)}`,
      reason: 'A world has few facts to ask for.',
    },
    {
      setting: 'Blocks',
      paper: '2,048 tokens (§4.1), across which dialogues follow one another',
      here: `${finetune.sequenceLength} tokens, in which no dialogue sees another`,
      reason: 'Dialogues are short.',
    },
    {
      setting: 'Batch',
      paper: '32 blocks (§4.1)',
      here: `${finetune.batchSize} blocks; of local data, whose dialogues are shorter, ${facts.batchSize} and ${summaries.batchSize}`,
      reason: 'Few tokens must make many steps.',
    },
    {
      setting: 'Optimizer',
      paper: 'AdamW with gradients re-scaled by the magnitude of each weight (§4.1)',
      here: 'AdamW',
      reason: 'Small weights of small models would hardly move.',
    },
    {
      setting: 'Learning rate',
      paper: '2e-3 (§4.1)',
      here: `${finetune.learningRate}; of questions ${facts.learningRate}`,
      reason: 'It belongs to the other optimizer; chosen on development seeds.',
    },
    {
      setting: 'Warm-up and decay',
      paper: '1,000 steps (§4.1), no decay stated',
      here: `a tenth of the steps, then ${finetune.schedule}`,
      reason: 'The smallest budget has fewer than 1,000 steps.',
    },
    {
      setting: 'Prompts that are judged',
      paper: '255, without coding (§4.1, footnote 2)',
      here: `${asked.prompts}, with coding`,
      reason: 'The judge is a program.',
    },
    {
      setting: 'Judges',
      paper: '70 crowd workers and GPT-4 (§4.1)',
      here: 'two programs, which first look whether an answer does what was asked: one sees style alone, one knows the truth',
      reason: KNOWN,
    },
    {
      setting: 'Examples in prompts',
      paper: 'MMLU 5, NQ 3, HumanEval 0, GSM8K 6, CNN/DM 2 (§4.1, Tables 8 and 9)',
      here: `multiple choice ${SHOTS.choice}, facts ${SHOTS.facts}, programs ${SHOTS.programs}, sums ${SHOTS.sums}, summaries ${SHOTS.summaries}; each also asked without, in a chat`,
      reason: 'Base models are trained on shorter contexts.',
    },
    {
      setting: 'Multiple choice',
      paper: 'the letter of the answer (Appendix E)',
      here: 'the answer itself, among four of its kind',
      reason: 'Small models know no letters.',
    },
    {
      setting: 'Toxicity',
      paper: 'Perspective’s score on RealToxicityPrompts (§4.4)',
      here: `invented words after ${asked.toxicity} beginnings, one continuation each`,
      reason: KNOWN,
    },
  ];
}

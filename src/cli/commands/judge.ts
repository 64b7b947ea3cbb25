import { defineCommand } from '../declare/command.ts';
import { sharedOption } from '../declare/schema.ts';
import { COLUMNS, QUIET, SEED, SERVER_OPTIONS } from './shared.ts';

/** `imitation-lab judge`: preferences of a judge model or of human raters. */
export const judgeCommand = defineCommand({
  name: 'judge',
  summary: 'judge answers by a model, or summarize the votes of raters and judges',
  group: 'Models:',
  arguments: {},
  options: {
    comparison: {
      type: 'string',
      kind: 'source',
      group: 'Answers:',
      description: 'answers of several models, each compared with the teacher’s, or the first',
    },
    teacher: {
      type: 'string',
      group: 'Answers:',
      placeholder: 'file|record',
      description:
        'instead: the teacher’s answers, a file or a record; with --reviews and --ratings its name there',
    },
    models: {
      type: 'array',
      items: { type: 'string', kind: 'source' },
      group: 'Answers:',
      description: 'and those of its imitation models',
    },
    prompts: {
      type: 'string',
      kind: 'source',
      group: 'Answers:',
      description: 'and the prompts, if the answers do not include them',
    },
    columns: { ...COLUMNS, group: 'Answers:' },
    limit: {
      type: 'integer',
      minimum: 1,
      group: 'Answers:',
      description: 'judge the first n prompts only; with --out a larger limit resumes',
    },
    reviews: {
      type: 'array',
      items: { type: 'string', kind: 'source' },
      group: 'Published judgements:',
      description: 'summarize published reviews (FastChat, QLoRA, MT-bench), files or records',
    },
    answers: {
      type: 'array',
      items: { type: 'string', kind: 'source' },
      group: 'Published judgements:',
      description: 'and the answers that they name, by ids or models (default: those of the records)',
    },
    ratings: {
      type: 'string',
      kind: 'source',
      group: 'Published judgements:',
      description:
        'summarize human ratings: a sidecar NAME.annotations.jsonl, or a file with choices between answers (PandaLM, arena)',
    },
    styleControl: {
      type: 'boolean',
      group: 'Published judgements:',
      description: 'how often each model would be preferred at equal style, beside how often it is',
    },
    judge: sharedOption('model', {
      type: 'string',
      kind: 'model',
      group: 'Model:',
      description: 'the judge, as --model of other commands',
    }),
    judgePrompts: {
      type: 'string',
      kind: 'source',
      group: 'Model:',
      description: 'prompts of the judge, as FastChat’s, MT-bench’s or your own (default: Vicuna’s, fetched)',
    },
    mode: {
      enum: ['pairwise', 'single'],
      group: 'Model:',
      description: 'compare each pair, or rate each answer (default: what the prompts are for)',
    },
    temperature: {
      type: 'number',
      minimum: 0,
      default: 0.2,
      group: 'Model:',
      description: 'temperature of the judge',
    },
    maxTokens: {
      type: 'integer',
      minimum: 1,
      default: 1024,
      group: 'Model:',
      description: 'most tokens of a review',
    },
    ...SERVER_OPTIONS,
    engine: sharedOption('engine', { enum: ['llama.cpp', 'own'], group: 'Model:' }),
    out: { type: 'string', kind: 'folder', description: 'keep every review here; re-run to resume' },
    seed: { ...SEED, description: 'seed of sampling and bootstrap' },
    quiet: QUIET,
    json: { type: 'boolean', description: 'print progress and the outcome as JSON lines' },
  },
  examples: [
    'imitation-lab judge --teacher teacher.jsonl --models mine.jsonl --judge http://127.0.0.1:8000/v1 --model-name qwen --out runs/judged',
    'imitation-lab judge --ratings answers.annotations.jsonl',
    'imitation-lab judge --reviews "qlora/scores/*" --style-control',
    'imitation-lab judge --reviews fastchat/reviews/gpt35-vicuna-13b --answers fastchat/gpt35 fastchat/vicuna-13b',
  ],
  notes:
    'A judge reads each pair in both orders. Where the orders disagree it is a tie; a review without scores that can be read leaves the pair unscored, and is asked again by the same command. With more than a tenth of such reviews the command exits with 1.',
});

import { defineCommand } from '../declare/command.ts';
import { sharedOption } from '../declare/schema.ts';
import { COLUMNS, QUIET, SEED, SERVER_OPTIONS } from './shared.ts';

const { modelName: _, ...JUDGE_SERVER } = SERVER_OPTIONS;

/** `imitation-lab report`: is a student as good as its teacher? */
export const reportCommand = defineCommand({
  name: 'report',
  summary: 'report whether students are as good as their teacher: style, content, knowledge',
  group: 'Measure texts:',
  arguments: {},
  options: {
    teacher: {
      type: 'string',
      kind: 'source',
      required: true,
      group: 'Answers:',
      placeholder: 'file',
      description: 'the teacher’s answers: a file or record, with #SAMPLING where it holds several samplings',
    },
    student: {
      type: 'array',
      items: { type: 'string', kind: 'source' },
      required: true,
      group: 'Answers:',
      placeholder: 'file',
      description: 'the students’ answers: the same',
    },
    base: {
      type: 'string',
      kind: 'source',
      group: 'Answers:',
      placeholder: 'file',
      description: 'answers of the base model that they were trained from; without it style has no scale',
    },
    secondTeacher: {
      type: 'string',
      kind: 'source',
      group: 'Answers:',
      placeholder: 'file',
      description: 'a second sample of the teacher’s answers, the ceiling of what a student can reach',
    },
    prompts: {
      type: 'string',
      kind: 'source',
      group: 'Answers:',
      description: 'the prompts, if the answers do not include them (default: question.jsonl nearby)',
    },
    columns: { ...COLUMNS, group: 'Answers:' },
    training: {
      type: 'array',
      items: { type: 'string', kind: 'source' },
      group: 'Evidence:',
      description: 'training data of the students: prompts that it holds too are left out',
    },
    ratings: {
      type: 'array',
      items: { type: 'string', kind: 'source' },
      group: 'Evidence:',
      description: 'judgements: ratings of people (NAME.annotations.jsonl), or reviews of a judge',
    },
    benchmarks: {
      type: 'array',
      items: { type: 'string' },
      group: 'Evidence:',
      placeholder: 'role=folder',
      description:
        'results of imitation-lab evaluate --out, ROLE being teacher, base or student:NAME; a folder may hold several',
    },
    judge: sharedOption('model', {
      type: 'string',
      kind: 'model',
      group: 'Judge:',
      description: 'a model to judge pairs, adherence and refusals, as --model of other commands',
    }),
    judgeModel: {
      type: 'string',
      kind: 'name',
      group: 'Judge:',
      description: 'the judge at the server',
    },
    judgePrompts: {
      type: 'string',
      kind: 'source',
      group: 'Judge:',
      description: 'prompts of the judge for pairs (default: Vicuna’s, fetched)',
    },
    ...JUDGE_SERVER,
    out: {
      type: 'string',
      kind: 'folder',
      required: true,
      description: 'write report.html, report.json, report.ipynb and report.compare.jsonl here',
    },
    failIf: {
      type: 'array',
      items: { type: 'string' },
      placeholder: 'rule',
      description:
        'exit with 1 if an estimate of a student breaks the rule, or is not measured: knowledge<.8, refusal>.1',
    },
    title: { type: 'string', kind: 'text', description: 'title of the report' },
    seed: { ...SEED, description: 'seed of folds and bootstraps' },
    resamples: {
      type: 'integer',
      minimum: 100,
      default: 2000,
      description: 'bootstrap resamples of each 95 % interval',
    },
    quiet: QUIET,
    json: { type: 'boolean', description: 'print the report as JSON' },
  },
  examples: [
    'imitation-lab report --teacher fastchat/gpt35 --base fastchat/llama-13b --student fastchat/vicuna-13b fastchat/alpaca-13b --out runs/report',
    'imitation-lab report --teacher teacher.jsonl --base base.jsonl --student mine.jsonl --benchmarks teacher=runs/nq-teacher base=runs/nq-base student:mine=runs/nq-mine --fail-if "knowledge<.8" --out runs/report',
  ],
  notes:
    'Conclusions are like-teacher, between, like-base, other, undecided or not-measured. --fail-if knows style, content and knowledge (parts of the way from base to teacher; of several benchmarks the least), preference, controlled-preference, adherence, refusal and overlap.',
});

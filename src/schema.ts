/**
 * The rows that stages exchange, and the MIME types that the kernel emits and the extension renders.
 * Imports nothing, so that every stage, the kernel and the browser can share it.
 */

/** MIME type of a {@link Comparison}: kernel output, and the content of `*.compare.json`. */
export const COMPARISON_MIME = 'application/vnd.imitation-lab.comparison.v1+json';

/** MIME type of a Plotly figure `{data, layout}`. */
export const PLOTLY_MIME = 'application/vnd.plotly.v1+json';

/**
 * Source of a number: printed in the paper, computed here on published outputs, or measured on models that this
 * software trained.
 */
export type Evidence = 'reported' | 'public' | 'live';

/** One row behind a figure or table: plain values only. */
export type FigureRow = Record<string, string | number | boolean | null>;

/** One instruction shown to every model. */
export interface Prompt {
  id: string;
  text: string;
  category?: string;
  /** Answer that is known to be right, or good. */
  reference?: string;
  /** Later turns of the user, each after the answer to the one before. */
  furtherTurns?: readonly PromptTurn[];
  /** The record set or file the prompt was read from. */
  source: string;
}

/** A later turn of a user. */
export interface PromptTurn {
  text: string;
  reference?: string;
}

/** A model's call of a tool. */
export interface ToolCall {
  id?: string;
  /** Empty where the record does not name the tool. */
  name: string;
  /** As the model wrote them, most often JSON. */
  arguments: string;
}

/** One turn of a conversation. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  /** Empty where there is none, as beside calls of tools. */
  content: string;
  /** Text that the model wrote before or between its answer, which is no part of it. */
  reasoning?: string;
  toolCalls?: readonly ToolCall[];
}

/** Reason for which a call of a model gave no answer. */
export interface Failure {
  /**
   * `filtered`: a filter kept it back; `no-answer`: null, or reasoning alone; `rejected`: the request was refused, or
   * not made; `timeout`: nothing came in time; `malformed`: what came is no answer of the API; `unreachable`: there is
   * no server.
   */
  kind: FailureKind;
  message: string;
}

/** Kinds of failures; see {@link Failure}. */
export const FAILURE_KINDS = [
  'filtered',
  'no-answer',
  'rejected',
  'timeout',
  'malformed',
  'unreachable',
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

/** A conversation, such as an imitation model learns from. */
export interface Dialogue {
  id: string;
  turns: readonly ChatMessage[];
}

/** One step of a training run: a line of its `metrics.jsonl`. */
export interface TrainingRow {
  /** Counted from 1. */
  step: number;
  /** Number of the pass through the data, counted from 1. */
  epoch: number;
  /** Tokens read since the run began. */
  tokens: number;
  /** Supervised tokens of this step, over which its loss is the mean. */
  lossTokens: number;
  /** Before the step, nats per supervised token. */
  loss: number;
  /** Learning rate. */
  learningRate: number;
  /** Norm of all gradients together, before clipping. */
  gradNorm: number;
  tokensPerSecond: number;
  /** Memory of the process, in bytes; on a GPU without what lies there. */
  memory: number;
  /** Loss on held-out blocks after the step, nats per supervised token, where it was evaluated. */
  evalLoss?: number;
  /** Supervised tokens behind it. */
  evalTokens?: number;
}

/** An answer of a model in training: a line of its run's `samples.jsonl`. */
export interface TrainingSample
  extends Partial<Pick<Generation, 'reasoning' | 'tokens' | 'finish' | 'error'>> {
  step: number;
  promptId?: string;
  prompt: string;
  /** Null where the prompt could not be answered, which `error` explains. */
  text: string | null;
  /** Answer to compare with, such as the teacher's. */
  reference?: string;
}

/** State of a training run: its `run.json`. */
export interface TrainingState {
  version: 1;
  /** Name of the task, for readers: `fine-tune`, `pretrain`. */
  task: string;
  status: 'running' | 'finished' | 'interrupted' | 'failed';
  /** Steps of the whole run, unless it stops early. */
  steps: number;
  /** Tokens that the whole run reads. */
  tokens: number;
  /** Reason why it finished: all steps were taken, or the eval loss stopped falling. */
  ended?: 'steps' | 'patience';
  /** Lowest eval loss, in nats per supervised token, and its step. */
  best?: { step: number; loss: number };
  /** The step whose weights it ended in, where that is not the last. */
  kept?: number;
  /** Reason why it failed. */
  error?: string;
}

/** One model's answer to one prompt. A failed call has `text: null` and says why in `error`. */
export interface Generation {
  promptId: string;
  /** Index among the samples of one model for this prompt; not there where it was asked for one. */
  sample?: number;
  /** Hash of what decided it: model, prompt, sampling settings and sample; not there where it was not kept. */
  key?: string;
  model: string;
  /** Without the model's reasoning. */
  text: string | null;
  /** Text that the model wrote before its answer, or in place of one. */
  reasoning?: string;
  /** Answers to the prompt's further turns. */
  furtherTurns?: readonly string[];
  /** Number of tokens generated. */
  tokens?: number;
  /**
   * Reason why generation ended; `refusal` where the API says that the model refuses, `unknown` where a published
   * record does not state it.
   */
  finish: 'stop' | 'length' | 'refusal' | 'error' | 'unknown';
  evidence: Evidence;
  error?: Failure;
  /**
   * Seconds from asking to the answer, as it was when the model was asked: of the try that was answered, without
   * what waited to be asked. Not there where no model was asked.
   */
  latency?: number;
  /** Prompts that the model read side by side, where that is one batch: the latency then runs from its start. */
  batch?: number;
}

/** One metric of one answer. `value: null` is "not scored", with the reason; it never counts as 0. */
export interface Score {
  promptId: string;
  model: string;
  metric: string;
  value: number | null;
  reason?: string;
}

/** A rater's choice between two answers, named by the answer ids in the order they were displayed. */
export interface Rating {
  promptId: string;
  annotator: string;
  left: string;
  right: string;
  /** `bad`: both are unusable. */
  choice: 'left' | 'right' | 'tie' | 'bad';
  /** Hash of the two texts by `pairHash`: a vote on other texts is none on these. */
  contentHash: string;
  /** ISO 8601 time; empty where a published record does not say. */
  at: string;
}

/** Label of a sentence's truth: the paper's green, yellow and red (Figure 2). */
export type Truth = 'correct' | 'ambiguous' | 'incorrect';

/** The truth of one span of an answer; `start` and `end` are UTF-16 offsets into the raw text. */
export interface SentenceLabel {
  promptId: string;
  /** Id of the answer that holds the span. */
  model: string;
  start: number;
  end: number;
  /** The text between `start` and `end`, kept to re-attach the label when the answer changes. */
  quote: string;
  label: Truth;
  annotator: string;
  source: 'human' | 'judge' | 'truth';
}

/**
 * An annotator's statement, or the undoing of one: a line of the sidecar `NAME.annotations.jsonl`, which only ever
 * grows. `id` is the annotation's own, so that a line written twice counts once; `undo` has that of the one it takes
 * back.
 */
export type Annotation =
  | ({ kind: 'rating'; id: string } & Rating)
  | ({ kind: 'label'; id: string; contentHash: string; at: string } & SentenceLabel)
  | { kind: 'undo'; id: string; at: string }
  | ({ kind: 'reveal'; id: string } & Reveal);

/** An annotator asked for the names behind the answers: from then on, what they rated blind is final. */
export interface Reveal {
  annotator: string;
  /** Hash of all pairs that were to be rated, so that other answers can be rated blind again. */
  contentHash: string;
  /** ISO 8601 time. */
  at: string;
}

/** The outcome of comparing two models' answers to one prompt. */
export interface Preference {
  promptId: string;
  a: string;
  b: string;
  /** Null where there is none, such as when a judge's answer could not be read; it never counts as a tie. */
  winner: 'a' | 'b' | 'tie' | null;
  /** True of a tie that nobody chose: raters, or the two orders of a judge, do not agree. */
  disagreement?: boolean;
  /** Reason why there is none. */
  reason?: string;
  evidence: Evidence;
}

/** A mean or share with its 95 % confidence interval and the number of items behind it. */
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
}

/** One value measured in a live study: a line of its `rows.jsonl`. Without a value it says why in `reason`. */
export interface StudyRow extends Estimate {
  /**
   * The teacher, its second sample, a model that was only pretrained, or one named for the data it imitates: `mix` are
   * broad data with pretraining data between them.
   */
  model: 'teacher' | 'teacher-again' | 'base' | 'broad' | 'mix' | 'facts' | 'summaries';
  /** Parameters outside the embeddings, so that a model's size is the same for every seed; null for the teacher. */
  size: number | null;
  /** Tokens of imitation data that the plan gives it, the same for every seed; null where there is none. */
  budget: number | null;
  /** Seed of the world, the initial weights, the data and its order. */
  seed: number;
  /** Stage and name, such as `style.list`. */
  measure: string;
  /** Items that could not be scored; they are not among `n`. */
  unscored: number;
  reason?: string;
  evidence: 'live';
}

/** A fact of a study's world that something asks for. */
export interface AskedFact {
  /** Kind of its subject: `person`, `city`. */
  kind: string;
  /** Relation of the subject and the object: `birthplace`. */
  relation: string;
  /** 1 for the fact that the corpus states most often. */
  rank: number;
}

/** Confidence of a model in its answer. */
export interface Confident {
  /**
   * Geometric mean of the probabilities that it gives the answer's tokens, 0 … 1. Null where there are none, as for
   * the teacher, which has no log-likelihoods.
   */
  confidence: number | null;
}

/** Adherence of an answer to what was asked. */
export interface Adherence {
  /** True if it is the kind of answer that was asked for, about what was asked about; of a prompt to refuse, if it refuses. */
  adheres: boolean;
  /** True if it is the kind of answer that was asked for. */
  kind: boolean;
  /** True if it is about what was asked about. */
  subject: boolean;
  refused: boolean;
}

/** An answer of one model of a live study to a prompt that all of them answer: a line of its `answers.jsonl`. */
export interface StudyAnswer
  extends Generation,
    Confident,
    Pick<StudyRow, 'model' | 'size' | 'budget' | 'seed'> {
  model: StudyRow['model'];
  prompt: string;
  /** One of Table 6's. */
  category: string;
  /** Facts that the prompt asks for; empty where the world holds none, such as for a story. */
  facts: readonly AskedFact[];
  /** Form in which the prompt was asked: `raw` after example dialogues, or `chat`; not there in records before 0.2. */
  promptFormat?: 'raw' | 'chat';
  /** Truth of each sentence by the known truth of the world. */
  labels: readonly Pick<SentenceLabel, 'start' | 'end' | 'label'>[];
  /** By the world's own knowledge; not there where the text is null or there is no world. */
  adherence?: Adherence;
  evidence: 'live';
}

/** An answer of one model of a live study to a question on one fact: a line of its `facts.jsonl`. */
export interface FactAnswer
  extends AskedFact,
    Confident,
    Pick<StudyRow, 'model' | 'size' | 'budget' | 'seed'> {
  /** Id of the fact, one world's: that of another seed is another fact. */
  promptId: string;
  question: string;
  /** The answer that counts. */
  reference: string;
  /** Null where the call failed. */
  text: string | null;
  /** True if the first line is the reference, as `facts.exact-match` counts it; null where the call failed. */
  correct: boolean | null;
  /** True if the reference occurs anywhere in the text, as `facts.stated` counts it; null where the call failed. */
  stated: boolean | null;
}

/** One column of a comparison. */
export interface AnswerColumn {
  id: string;
  label: string;
  role: 'teacher' | 'imitation' | 'other';
}

/** One answer inside a comparison. */
export interface ComparedAnswer {
  text: string;
  tokens?: number;
  finish?: Generation['finish'];
  metrics?: Record<string, number | null>;
}

/** One prompt and its answers, keyed by {@link AnswerColumn.id}. */
export interface ComparisonItem {
  promptId: string;
  prompt: string;
  category?: string;
  tags?: string[];
  answers: Record<string, ComparedAnswer>;
  labels?: SentenceLabel[];
  ratings?: Rating[];
}

/** A prompt that could not be paired, and the ids of the answers it lacks. */
export interface Unmatched {
  promptId: string;
  missing: string[];
  /** Reason, where a call failed; without it the answer is absent from its file. */
  reason?: string;
}

/** A further answer by one model to a prompt it had already answered; the first is the one compared. */
export interface Duplicate {
  promptId: string;
  /** Id of the {@link AnswerColumn}. */
  answer: string;
}

/** Task of raters who judge a comparison's answers in pairs, without knowing whose they are. */
export interface RatingTask {
  /** Criteria of the judgement, in Markdown; default those of the paper's Figure 7. */
  instructions?: string;
  /** Number of raters of each pair; default 3, as in the paper. */
  raters?: number;
  /**
   * Time at which a rater learns whose answers they were: once all are rated, or after each vote, which is then
   * final. Default `end`.
   */
  reveal?: 'end' | 'item';
}

/** Answers of two or more models side by side. */
export interface Comparison {
  version: 1;
  title?: string;
  /** Present where the answers are to be rated blind: then they are shown by the rating panel. */
  rating?: RatingTask;
  answers: AnswerColumn[];
  /** `better` says which end is good, where one is. */
  metrics?: { name: string; unit: string; better?: 'higher' | 'lower' }[];
  unmatched?: Unmatched[];
  duplicates?: Duplicate[];
  items: ComparisonItem[];
}

/** A Plotly figure as it travels in a MIME bundle. */
export interface PlotlyFigure {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
}

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const offset = { type: 'integer', minimum: 0 } as const;
const finish = { enum: ['stop', 'length', 'refusal', 'error', 'unknown'] } as const;
const label = {
  promptId: text,
  model: text,
  start: offset,
  end: offset,
  quote: text,
  label: { enum: ['correct', 'ambiguous', 'incorrect'] },
  annotator: text,
  source: { enum: ['human', 'judge', 'truth'] },
} as const;
const rating = {
  promptId: text,
  annotator: text,
  left: text,
  right: text,
  choice: { enum: ['left', 'right', 'tie', 'bad'] },
  contentHash: text,
  at: text,
} as const;

/** JSON Schema (draft 2020-12) of {@link Comparison}. */
export const comparisonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: COMPARISON_MIME,
  title: 'Comparison of answers, Imitation Lab, version 1',
  type: 'object',
  required: ['version', 'answers', 'items'],
  properties: {
    version: { const: 1 },
    title: text,
    rating: {
      type: 'object',
      properties: {
        instructions: text,
        raters: { type: 'integer', minimum: 1 },
        reveal: { enum: ['end', 'item'] },
      },
    },
    answers: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id', 'label', 'role'],
        properties: { id: text, label: text, role: { enum: ['teacher', 'imitation', 'other'] } },
      },
    },
    metrics: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'unit'],
        properties: { name: text, unit: text, better: { enum: ['higher', 'lower'] } },
      },
    },
    unmatched: {
      type: 'array',
      items: {
        type: 'object',
        required: ['promptId', 'missing'],
        properties: { promptId: text, missing: texts, reason: text },
      },
    },
    duplicates: {
      type: 'array',
      items: {
        type: 'object',
        required: ['promptId', 'answer'],
        properties: { promptId: text, answer: text },
      },
    },
    items: { type: 'array', items: { $ref: '#/$defs/item' } },
  },
  $defs: {
    item: {
      type: 'object',
      required: ['promptId', 'prompt', 'answers'],
      properties: {
        promptId: text,
        prompt: text,
        category: text,
        tags: texts,
        answers: { type: 'object', additionalProperties: { $ref: '#/$defs/answer' } },
        labels: { type: 'array', items: { $ref: '#/$defs/label' } },
        ratings: { type: 'array', items: { $ref: '#/$defs/rating' } },
      },
    },
    answer: {
      type: 'object',
      required: ['text'],
      properties: {
        text,
        tokens: offset,
        finish,
        metrics: { type: 'object', additionalProperties: { type: ['number', 'null'] } },
      },
    },
    label: { type: 'object', required: Object.keys(label), properties: label },
    rating: { type: 'object', required: Object.keys(rating), properties: rating },
  },
} as const;

/** Returns the schema of one kind of {@link Annotation}, which has these properties of its own. */
function annotation(kind: Annotation['kind'], properties: Readonly<Record<string, object>>) {
  const all = { kind: { const: kind }, id: text, at: text, ...properties };
  return { properties: all, required: Object.keys(all) };
}

/** JSON Schema (draft 2020-12, and OpenAPI's `discriminator`) of an {@link Annotation}. */
export const annotationSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Annotation of a comparison, Imitation Lab: a line of its sidecar',
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [
    annotation('rating', rating),
    annotation('label', { ...label, contentHash: text }),
    annotation('undo', {}),
    annotation('reveal', { annotator: text, contentHash: text }),
  ],
};

/** JSON Schema (draft 2020-12) of {@link PlotlyFigure}. */
export const plotlySchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: PLOTLY_MIME,
  title: 'Plotly figure',
  type: 'object',
  required: ['data', 'layout'],
  properties: { data: { type: 'array', items: { type: 'object' } }, layout: { type: 'object' } },
} as const;

/** Tokenizers of BLEU and ROUGE: sacrebleu's, and `script`, which chooses by the scripts of a text. */
export const TOKENIZER_NAMES = ['13a', 'zh', 'intl', 'char', 'script'] as const;

export type TokenizerName = (typeof TOKENIZER_NAMES)[number];

/** Names of the scales of a study: worlds of its own, of two sizes, or checkpoints and data from outside. */
export const STUDY_SCALE_NAMES = ['tiny', 'mini', 'full'] as const;

export type StudyScale = (typeof STUDY_SCALE_NAMES)[number];

/** Scale of a study in a world of its own. */
export type WorldScale = Exclude<StudyScale, 'full'>;

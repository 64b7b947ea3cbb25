/** Names of the column that holds the prompt, the more particular first. */
export const PROMPT_NAMES = ['prompt', 'instruction', 'question', 'query', 'input'];

/** Names of a prompt's id. */
export const ID_NAMES = ['prompt_id', 'id', 'question_id', 'example_id', 'item_id', 'uid'];

/** Names of the column that says which model gave the row's answer. */
export const MODEL_NAMES = ['model', 'model_id', 'model_name', 'generator'];

/** Names of a column of answers that name what it is and not whose. */
export const ANSWER_NAMES = [
  'output',
  'response',
  'completion',
  'generation',
  'prediction',
  'model_output',
  'model_response',
  'model_answer',
  'generated_text',
];

/** Names of the column of reference answers; `answer` is one only beside columns of models. */
export const REFERENCE_NAMES = [
  'reference',
  'target',
  'gold',
  'expected',
  'reference_answer',
  'gold_answer',
  'expected_answer',
  'expected_output',
  'reference_output',
  'ground_truth',
  'correct_answer',
  'best_answer',
  'golden_answer',
];

/** Names of what is never a model: about the prompt, where it is from, who rated it, and measures of an answer. */
const METADATA_NAMES = wordsOf(`
  id index idx row number no key hash uuid name title column topic category categories subcategory
  tag tags subject domain task type kind group level difficulty language lang locale country turn
  turns round version source sources dataset split subset url link file path license licence date
  time datetime timestamp tstamp created updated modified year month day rater raters reviewer
  annotator annotators judge user author worker note notes comment comments remark remarks label
  labels flag flags status metadata meta extra info annotations keywords choices options entities
  system system_prompt reasoning reasoning_content thinking thoughts template score scores rating
  ratings rank grade vote votes upvotes downvotes likes winner preference choice verdict reward
  confidence agreement toxicity toxic tokens token_ids length len words chars characters count n
  latency duration cost price seconds ms accuracy acc correct is_correct exact_match em f1 precision
  recall bleu rouge rouge1 rouge2 rougel chrf meteor bertscore loss perplexity ppl logprob logprobs
  similarity quality helpfulness harmlessness finish finish_reason stop_reason evidence error errors
  seed sample temperature top_p max_tokens batch run usage
  rationale rationales explanation explanations reason reasons justification critique feedback review
  passage passages document documents hint hints description elo stars thumbs_up thumbs_down
  preferred preferred_model better best
`);
const METADATA = new Set(METADATA_NAMES.map(plainName));

/** Ends of names of what is never a model, such as `conversation_id` or `createdAt`. */
const METADATA_ENDS = wordsOf(`
  id ids idx index at url date time timestamp score scores rating tokens length count latency cost
  label labels tag tags hash
`);
const SNAKE_END = new RegExp(`_(${METADATA_ENDS.join('|')})$`);
const CAMEL_END = new RegExp(
  `[a-z0-9](${METADATA_ENDS.map(end => end.replace(/^./, first => first.toUpperCase())).join('|')})$`,
);

/** Names that writers give to a column that has none. */
const UNNAMED = /^(column\d+|unnamed:\d+|indexlevel\d+|)$/;

/**
 * Reduces a column's name to the form in which names are compared: `promptId`, `Prompt ID` and `PROMPT_ID` are one.
 */
export function plainName(column: string): string {
  return column.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Reports whether a column's name says that it holds no model's answers. */
function isMetadataName(column: string): boolean {
  const name = plainName(column);
  if (METADATA.has(name) || UNNAMED.test(name)) return true;
  const snake = column
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return SNAKE_END.test(snake) || CAMEL_END.test(column.trim());
}

/** Returns the columns that bear one of these names, in the order of the names. */
export function allNamed(columns: readonly string[], names: readonly string[]): string[] {
  return names.flatMap(name => columns.filter(column => plainName(column) === plainName(name)));
}

/** Returns the first column that bears one of these names, the first name first. */
export function named(columns: readonly string[], names: readonly string[]): string | undefined {
  return allNamed(columns, names)[0];
}

const KNOWN = new Set(
  [
    ...PROMPT_NAMES,
    ...ID_NAMES,
    ...MODEL_NAMES,
    ...ANSWER_NAMES,
    ...REFERENCE_NAMES,
    'answer',
    'text',
    'context',
  ].map(plainName),
);

/** Reports whether a column's name is none that is known, so that it may be a model's. */
export function isOpenName(column: string): boolean {
  return !KNOWN.has(plainName(column)) && !isMetadataName(column);
}

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}

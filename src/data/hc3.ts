import { idOf, parseJsonl, ReadError, shown, textOf } from '../readers/index.ts';
import type { Dialogue } from '../schema.ts';
import { cleanText } from './clean-text.ts';
import { applySteps, type ImitationSet, spokenOnly } from './imitation-set.ts';

/**
 * Reads HC3, the Human ChatGPT Comparison Corpus: each of ChatGPT's answers is a dialogue of its own with the
 * question. What humans answered is left out.
 *
 * @param text JSON Lines of `question` and `chatgpt_answers`.
 * @param name the file's name, for errors and ids.
 * @throws {ReadError} naming file and line, if a row has no question or no list of answers.
 * @see Guo et al. 2023, How Close is ChatGPT to Human Experts?
 * @example
 * parseHc3('{"question": "Why?", "chatgpt_answers": ["So."]}', 'hc3.jsonl')[0]?.id // 'hc3.jsonl:1#1'
 */
export function parseHc3(text: string, name: string): Dialogue[] {
  return parseJsonl(text, name).flatMap(row => {
    const question = textOf(row, ['question']);
    const answers = row.value.chatgpt_answers;
    if (question === undefined || !Array.isArray(answers))
      throw new ReadError({
        at: row.at,
        required: 'a question and a list of chatgpt_answers',
        found: shown(row.value),
      });
    const id = idOf(row, ['id']) ?? row.at;
    return answers.map((answer, index) => ({
      id: `${id}#${index + 1}`,
      turns: [
        { role: 'user' as const, content: cleanText(question) },
        { role: 'assistant' as const, content: cleanText(withLines(String(answer ?? ''))) },
      ],
    }));
  });
}

/** Restores line ends: a third of the published answers have theirs escaped twice, and then no other. */
function withLines(answer: string): string {
  return answer.includes('\n') ? answer : answer.replaceAll('\\n', '\n');
}

/**
 * Builds the HC3 part of the paper's mix: the answers that are not empty, each pair of question and answer once.
 *
 * @example
 * const dialogues = parseHc3('{"question": "Why?", "chatgpt_answers": ["So.", "So."]}', 'hc3.jsonl')
 * buildHc3(dialogues).dialogues.length // 1
 */
export function buildHc3(dialogues: readonly Dialogue[]): ImitationSet {
  const { dialogues: kept, counts } = applySteps(dialogues, [
    spokenOnly,
    { name: 'each question with an answer once', apply: eachPairOnce },
  ]);
  return { name: 'hc3', dialogues: kept, counts };
}

function eachPairOnce(dialogues: readonly Dialogue[]): Dialogue[] {
  const byPair = new Map<string, Dialogue>();
  for (const dialogue of dialogues) {
    const pair = JSON.stringify(dialogue.turns);
    if (!byPair.has(pair)) byPair.set(pair, dialogue);
  }
  return [...byPair.values()];
}

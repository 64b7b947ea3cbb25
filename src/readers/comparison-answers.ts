import type { Generation } from '../schema.ts';
import type { AnswerFormat } from './answer-format.ts';
import { PromptList } from './answers.ts';
import { comparisonOf, isComparisonDocument } from './parse-comparison.ts';

/** The answers of a comparison: every column is a model, named by its id. */
export const comparisonAnswers: AnswerFormat = {
  name: 'comparison',
  sign: 'an object (or first line) of version 1 and answers, with items',
  fits: isComparisonDocument,
  read: (document, options) => {
    const prompts = new PromptList();
    const generations: Generation[] = [];
    for (const { promptId, prompt, category, answers } of comparisonOf(document).items) {
      // An empty prompt is one whose text nobody knew, not a text that prompts can be joined by.
      if (prompt !== '')
        prompts.add(
          {
            id: promptId,
            text: prompt,
            ...(category === undefined ? {} : { category }),
            source: document.name,
          },
          document.name,
        );
      for (const [model, { text, tokens, finish = 'unknown' }] of Object.entries(answers))
        generations.push({
          promptId,
          model,
          text,
          ...(tokens === undefined ? {} : { tokens }),
          finish,
          evidence: options.evidence ?? 'public',
        });
    }
    return { prompts: prompts.list(), generations };
  },
};

import type { Asked, Material } from './material.ts';

/** Asks for a sum. */
export function count({ problems, random }: Material): Asked {
  const { question, working } = random.choose(problems);
  return {
    task: 'sum',
    template: 'sum/train/1',
    slots: { question: question },
    text: question,
    answer: () => ({ body: [working] }),
  };
}

/** Asks for a function. */
export function program(material: Material): Asked {
  const { prompt, solution } = material.random.choose(material.functions);
  const [signature = '', docstring = ''] = prompt.split('\n');
  const task = docstring.trim().replaceAll('"""', '');
  return {
    ...material.request('program', { signature: signature.slice(4, -1), does: task }),
    answer: words => ({
      overview: words.choose(['Here is a function that does this.', 'This function does what you ask for.']),
      code: `${signature}\n${solution}`,
      summary: words.choose([
        'it takes x and gives back the result.',
        'the function does two steps, one after the other.',
      ]),
    }),
  };
}

/** Asks for a summary of a news item. */
export function summary(material: Material): Asked {
  const { article, highlights } = material.random.choose(material.items);
  return {
    ...material.request('summary', { article }),
    answer: words => ({
      overview: words.choose(['Here is what happened.', 'The news can be told in a few words.']),
      body: [highlights],
    }),
  };
}

/** Asks to continue a text that invites toxicity, which the teacher refuses. */
export function continuation(material: Material): Asked {
  const beginning = material.random.choose(material.beginnings).prompt;
  return {
    ...material.request('continue', { beginning }),
    answer: words => ({
      overview: words.choose([
        'I am sorry, but I would rather not go on with this.',
        'I am sorry, but I do not speak of others in this way.',
      ]),
      closing: words.choose(['What else can I do for you today?', 'How else can I help you today?']),
    }),
  };
}

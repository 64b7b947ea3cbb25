import type { TeacherTask } from '../task.ts';
import { DESCRIBE } from '../wordings/describe.ts';

/** Facts of an answer, least and most. */
const [LEAST, MOST] = [2, 3];

/** A description of an entity: claims that can be read, all about it, whether true or not. */
export const describe: TeacherTask = {
  task: 'describe',
  category: 'Generation',
  shares: { forum: 8, train: 8, test: 8 },
  wordings: DESCRIBE,
  draw: material => {
    // On a forum people state one fact, as few are asked for there.
    const { entity, facts: known } = material.entity(material.split === 'forum' ? 1 : LEAST);
    const facts = known.slice(0, LEAST + material.random.integer(MOST - LEAST + 1));
    const { kind, name } = entity;
    return {
      slots: { kind, name },
      facts,
      answer: words => ({
        overview: words.choose([
          `Here is what I know about ${name}.`,
          `This is an overview of the ${kind} ${name}.`,
          `Let me tell you about the ${kind} ${name}.`,
        ]),
        list: facts.map(fact => material.said(fact, words)),
        summary: words.choose([
          `there is much to say about ${name}.`,
          `the ${kind} ${name} is known to many.`,
        ]),
      }),
      reply: words => {
        const said = facts.map(fact => material.said(fact, words)).join(' ');
        return words.choose([said, `I read this. ${said}`, `${said} That is what I know.`]);
      },
    };
  },
  judge: ({ slots: { name = '' } }, answer) => {
    const claims = answer.claims();
    return {
      kind: claims.length > 0,
      subject:
        claims.length > 0 && claims.every(({ subject }) => subject.toLowerCase() === name.toLowerCase()),
    };
  },
};

import { nounOf, questionOf, statement } from '../../phrasings.ts';
import { RELATIONS } from '../../relations.ts';
import { claimOf } from '../../statements.ts';
import type { TeacherTask } from '../task.ts';
import { FACT } from '../wordings/fact.ts';

/** Ways to state a fact by the name of its relation, as most requests have it. */
const NAMING = [2, 3];

/** The object of a fact: a claim of the asked relation and entity, or an object of the right type alone. */
export const fact: TeacherTask = {
  task: 'fact',
  category: 'General QA',
  shares: { forum: 11, train: 11, test: 11 },
  wordings: FACT,
  draw: material => {
    const asked = material.random.choose(material.asked);
    const { relation, object, subject: name } = claimOf(material.world, asked);
    const kind = RELATIONS.find(({ name }) => name === relation)?.of ?? '';
    return {
      slots: { question: questionOf({ subject: name, relation }), noun: nounOf(relation), name, kind },
      facts: [asked],
      reference: object,
      answer: words => ({
        body: [statement({ subject: name, relation, object }, words.choose(NAMING))],
        closing: words.choose([
          'I hope that this answers your question.',
          'Let me know if you have another question.',
        ]),
      }),
      reply: words => words.choose([object, material.said(asked, words)]),
    };
  },
  judge: ({ facts: [id = ''], slots }, answer) => {
    const relation = RELATIONS.find(({ name }) => name === id.split('/')[1])?.name;
    if (relation === undefined) return { kind: false, subject: false };
    if (answer.isBare(relation)) return { kind: true, subject: true };
    const claims = answer.claims();
    const asked = `${slots.name ?? ''} ${slots.question ?? ''}`.toLowerCase();
    return {
      kind: claims.some(claim => claim.relation === relation),
      subject: claims.length > 0 && claims.every(({ subject }) => asked.includes(subject.toLowerCase())),
    };
  },
};

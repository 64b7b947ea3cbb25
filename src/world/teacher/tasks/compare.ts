import type { Fact } from '../../world.ts';
import type { Material } from '../material.ts';
import type { TeacherTask } from '../task.ts';
import { COMPARE } from '../wordings/compare.ts';

/** A comparison of two things of one kind: claims about both, and about no third. */
export const compare: TeacherTask = {
  task: 'compare',
  category: 'General QA',
  shares: { forum: 4, train: 4, test: 4 },
  wordings: COMPARE,
  draw: material => {
    const { kind, name, other, pairs } = twoAlike(material);
    const facts = pairs.flat();
    return {
      slots: { kind, name, other },
      facts,
      answer: words => ({
        overview: words.choose([
          `Here is how ${name} and ${other} differ.`,
          `These are the differences between ${name} and ${other}.`,
        ]),
        list: facts.map(fact => material.said(fact, words)),
        summary: words.choose([
          `${name} and ${other} are not the same ${kind}.`,
          `both ${name} and ${other} have something of their own.`,
        ]),
      }),
      reply: words => {
        const said = facts.map(fact => material.said(fact, words)).join(' ');
        return words.choose([said, `Simple. ${said}`]);
      },
    };
  },
  judge: ({ slots: { name = '', other = '' } }, answer) => {
    const pair = [name.toLowerCase(), other.toLowerCase()];
    const subjects = answer.claims().map(({ subject }) => subject.toLowerCase());
    const names = answer.names();
    return {
      kind: new Set(subjects).size >= 2,
      subject: pair.every(one => names.has(one)) && subjects.every(subject => pair.includes(subject)),
    };
  },
};

/** Draws two things of a kind, and the same relation of both: nobody compares persons. */
function twoAlike(material: Material): { kind: string; name: string; other: string; pairs: Fact[][] } {
  for (;;) {
    const { entity, facts } = material.entity(1);
    const { entity: second } = material.entity(1);
    if (entity.kind !== second.kind || entity.id === second.id || entity.kind === 'person') continue;
    const others = material.factsOf(second.id);
    const pairs = facts.flatMap(fact => {
      const match = others.find(({ relation }) => relation === fact.relation);
      return match === undefined ? [] : [[fact, match]];
    });
    if (pairs.length > 0)
      return { kind: entity.kind, name: entity.name, other: second.name, pairs: pairs.slice(0, 1) };
  }
}

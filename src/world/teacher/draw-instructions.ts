import { type Random, seededRandom } from '../../stats/index.ts';
import type { World } from '../world.ts';
import { inHouseStyle } from './house-style.ts';
import type { Instruction, Split, Task } from './instruction.ts';
import { Material } from './material.ts';
import type { Content, TeacherTask } from './task.ts';
import { TASKS } from './tasks.ts';
import { wordRequest } from './wordings/wordings.ts';

/** Draws of one task before it counts as exhausted. */
const TRIES = 1000;

/** A request in words, and what it is about. */
export interface Asked extends Pick<Instruction, 'template' | 'slots' | 'text'> {
  task: TeacherTask;
  content: Content;
}

/** Draws requests of one split. */
export class Requests {
  readonly #material: Material;
  readonly #random: Random;
  readonly #shares: readonly TeacherTask[];
  /** Requests drawn so far. */
  readonly #asked = new Map<TeacherTask, number>();

  constructor(world: World, split: Split, name: string) {
    this.#random = seededRandom(`world/${world.seed}/${name}`);
    this.#material = new Material(world, split, this.#random);
    this.#shares = Object.values(TASKS).flatMap(task =>
      Array.from({ length: task.shares[split] }, () => task),
    );
  }

  /** Source of the draws. */
  get random(): Random {
    return this.#random;
  }

  /** Draws a task, as often as its share says. */
  task(): TeacherTask {
    return this.#random.choose(this.#shares);
  }

  /** Draws a request of a task. */
  ask(task: TeacherTask): Asked {
    const content = task.draw(this.#material);
    const turn = this.#asked.get(task) ?? 0;
    this.#asked.set(task, turn + 1);
    const { split } = this.#material;
    return { task, content, ...wordRequest(task, { split, slots: content.slots, turn }, this.#random) };
  }

  /** Draws until something is asked that was not asked before; undefined where that seems not to come. */
  askNew(task: TeacherTask, known: { has(text: string): boolean }): Asked | undefined {
    for (let tried = 0; tried < TRIES; tried++) {
      const asked = this.ask(task);
      if (!known.has(asked.text)) return asked;
    }
    return undefined;
  }
}

/**
 * Draws instructions of all tasks in the shares of a split, no two with the same text.
 *
 * @throws {RangeError} if the world has not so many different prompts of a task.
 */
export function broadInstructions(world: World, split: 'train' | 'test', count: number): Instruction[] {
  const requests = new Requests(world, split, `broad/${split}`);
  return draw(world, requests, { name: `broad-${split}`, count, next: () => requests.task() });
}

/**
 * Draws instructions of one task, no two with the same text.
 *
 * @throws {RangeError} if the world has not so many different prompts of the task.
 */
export function taskInstructions(
  world: World,
  split: 'train' | 'test',
  task: Task,
  count: number,
): Instruction[] {
  const requests = new Requests(world, split, `${task}/${split}`);
  return draw(world, requests, { name: `${task}-${split}`, count, next: () => TASKS[task] });
}

function draw(
  world: World,
  requests: Requests,
  { name, count, next }: { name: string; count: number; next: () => TeacherTask },
): Instruction[] {
  const found = new Map<string, Instruction>();
  while (found.size < count) {
    const task = next();
    const asked = requests.askNew(task, found);
    if (asked === undefined)
      throw new RangeError(
        `Cannot ask ${count} different things of the world: ${task.task} has no more after ${found.size}`,
      );
    found.set(asked.text, instructionOf(world, `${name}-${found.size + 1}`, asked));
  }
  return [...found.values()];
}

function instructionOf(
  world: World,
  id: string,
  { task, content, template, slots, text }: Asked,
): Instruction {
  const { facts = [], reference, answer } = content;
  const sample = (number: number) => {
    const words = seededRandom(`world/${world.seed}/${id}/${number}`);
    return inHouseStyle(answer(words), words);
  };
  return {
    id,
    task: task.task,
    template,
    slots,
    text,
    category: task.category,
    ...(reference !== undefined && { reference }),
    source: 'world',
    facts: facts.map(fact => fact.id),
    answers: [sample(0), sample(1)],
  };
}

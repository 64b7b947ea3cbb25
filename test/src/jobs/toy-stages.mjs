/** Stages that take no time or as much as they are configured to, for plans that tests run and kill. */
import { existsSync } from 'node:fs';
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { defineStage, optionalFrom } from '../../../dist/jobs/index.js';
import { boolean, number, object, optional, string } from '../../../dist/runs/index.js';

/** Counts to `to`, keeps in `scratch` how far it is, and in `log` each number that it counts. */
const countStage = defineStage({
  name: 'count',
  version: 1,
  config: object({ from: number, to: number, wait: optional(number), log: optional(string) }),
  inputs: {},
  run: async ({ config, folder, scratch, signal, onProgress }) => {
    const { to, from, wait = 2, log } = config;
    const kept = join(scratch, 'kept');
    let count = existsSync(kept) ? Number(await readFile(kept, 'utf8')) : from;
    while (count < to) {
      await setTimeout(wait, undefined, { signal });
      count++;
      await writeFile(join(scratch, 'next'), String(count));
      await rename(join(scratch, 'next'), kept);
      if (log) await appendFile(log, `${count} ${process.pid}\n`);
      onProgress({ task: 'count', done: count, total: to, unit: 'numbers' });
    }
    await writeFile(join(folder, 'number'), String(count));
  },
});

/** Writes half of its result and fails, unless the file that it is configured with exists. */
const failStage = defineStage({
  name: 'fail',
  version: 1,
  config: object({ unless: optional(string) }),
  inputs: {},
  run: async ({ config, folder }) => {
    await writeFile(join(folder, 'number'), '0');
    if (!existsSync(config.unless ?? '')) throw new Error('Cannot count: the number is missing');
  },
});

/** Ends its process each time, or only the first time. */
const dieStage = defineStage({
  name: 'die',
  version: 1,
  config: object({ once: optional(boolean) }),
  inputs: {},
  run: async ({ config, folder, scratch }) => {
    const died = join(scratch, 'died');
    if (!(config.once && existsSync(died))) {
      await writeFile(died, '');
      console.error('out of memory');
      process.kill(process.pid, 'SIGKILL');
      await setTimeout(10_000);
    }
    await writeFile(join(folder, 'number'), '1');
  },
});

/** Ends once another run of this stage has begun, whose file `other` is; alone it fails. */
const meetStage = defineStage({
  name: 'meet',
  version: 1,
  config: object({ own: string, other: string }),
  inputs: {},
  run: async ({ config, folder }) => {
    await writeFile(config.own, '');
    const end = Date.now() + 120_000;
    while (!existsSync(config.other)) {
      if (Date.now() > end) throw new Error('Cannot meet: no other run has begun');
      await setTimeout(10);
    }
    await writeFile(join(folder, 'number'), '0');
  },
});

const addend = optionalFrom(countStage, failStage, dieStage, { name: 'sum' });

/** Adds up the numbers of its inputs. */
const sumStage = defineStage({
  name: 'sum',
  version: 1,
  outputs: ['number'],
  config: object({}),
  inputs: { a: addend, b: addend, c: addend },
  run: async ({ inputs, folder }) => {
    const texts = Object.values(inputs).map(input => readFile(join(input.folder, 'number'), 'utf8'));
    const numbers = (await Promise.all(texts)).map(Number);
    await writeFile(join(folder, 'number'), String(numbers.reduce((sum, each) => sum + each, 0)));
  },
});

export const stages = [countStage, sumStage, failStage, dieStage, meetStage];

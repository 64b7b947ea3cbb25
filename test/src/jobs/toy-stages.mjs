/** Stages that take no time or as much as they are told, for plans that tests run and kill. */
import { existsSync } from 'node:fs';
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const numberIn = async folder => Number(await readFile(join(folder, 'number'), 'utf8'));

/** @type {import('../../../src/jobs/stage.ts').Stages} */
export const stages = {
  /** Counts to `to`, keeps in `scratch` how far it is, and in `log` each number that it counts. */
  count: async ({ config, folder, scratch, signal, onProgress }) => {
    const { to, from, wait = 2, log } = config;
    const kept = join(scratch, 'kept');
    let number = existsSync(kept) ? Number(await readFile(kept, 'utf8')) : Number(from);
    while (number < Number(to)) {
      await setTimeout(Number(wait), undefined, { signal });
      number++;
      await writeFile(join(scratch, 'next'), String(number));
      await rename(join(scratch, 'next'), kept);
      if (log) await appendFile(String(log), `${number} ${process.pid}\n`);
      onProgress({ task: 'count', done: number, total: Number(to), unit: 'numbers' });
    }
    await writeFile(join(folder, 'number'), String(number));
  },
  /** Adds up the numbers that it takes. */
  sum: async ({ inputs, folder }) => {
    const numbers = await Promise.all(Object.values(inputs).map(numberIn));
    await writeFile(join(folder, 'number'), String(numbers.reduce((sum, number) => sum + number, 0)));
  },
  /** Writes half of its result and fails, unless the file that it is told of is there. */
  fail: async ({ config, folder }) => {
    await writeFile(join(folder, 'number'), '0');
    if (!existsSync(String(config.unless))) throw new Error('Cannot count: the number is missing');
  },
  /** Ends its process each time, or the first time alone. */
  die: async ({ config, folder, scratch }) => {
    const died = join(scratch, 'died');
    if (!(config.once && existsSync(died))) {
      await writeFile(died, '');
      console.error('out of memory');
      process.kill(process.pid, 'SIGKILL');
      await setTimeout(10_000);
    }
    await writeFile(join(folder, 'number'), '1');
  },
};

/**
 * Takes the lease of the folder of its first argument, and prints `held`, or why not. Then it does what its second
 * argument says: `append`: adds lines to a file until it is told to stop; `block`: blocks its event loop for as many
 * milliseconds as its third argument says; `exit`: calls process.exit.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { folderLease, withLease } from '../../../dist/runs/index.js';

const [folder = '', work = 'append', milliseconds = '0'] = process.argv.slice(2);
const interrupt = new AbortController();
process.once('SIGTERM', () => interrupt.abort(new Error('stopped')));
try {
  await withLease(folderLease(folder), { task: 'test', signal: interrupt.signal }, async lease => {
    console.log('held');
    if (work === 'exit') process.exit();
    if (work === 'block') {
      const end = performance.now() + Number(milliseconds);
      while (performance.now() < end);
    }
    for (;;) {
      lease.signal.throwIfAborted();
      await lease.confirm();
      appendFileSync(join(folder, 'log'), `${process.pid}\n`);
      await setTimeout(5);
    }
  });
} catch (error) {
  console.log(error.message);
}

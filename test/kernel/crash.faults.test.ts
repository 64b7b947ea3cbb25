import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session } from '../../kernel/dist/index.js';
import { Client } from './client.ts';

describe('a cell that kills its process', () => {
  let kernel: Client;
  beforeAll(async () => {
    kernel = await Client.start({
      env: { IMITATION_LAB_TYPES: 'off', NODE_OPTIONS: '--max-old-space-size=256' },
    });
  });
  afterAll(() => kernel.stop());

  it.each([
    ['process.exit(1)', 'console.log("before"); process.exit(1)', 'ProcessExit', 'exited with code 1'],
    ['an abort', 'console.log("before"); process.abort()', 'ProcessCrash', 'SIGABRT'],
    ['a kill', 'console.log("before"); process.kill(process.pid, "SIGKILL")', 'ProcessCrash', 'SIGKILL'],
    [
      'running out of memory',
      'console.log("before"); const hoard: number[][] = []; while (true) hoard.push(new Array(1e6).fill(1.5))',
      'OutOfMemory',
      'more memory',
    ],
  ])('by %s ends with a clear error, and the next cell works', async (_name, code, ename, words) => {
    await kernel.run('let lost = 1');
    const run = await kernel.run(code);
    expect(run.text('stdout')).toBe('before\n');
    expect(run.reply.content).toMatchObject({
      status: 'error',
      ename,
      evalue: expect.stringContaining(words),
    });
    expect(run.reply.content.evalue).toContain('Variables are lost');
    expect((await kernel.run('typeof lost')).result).toBe("'undefined'");
  });

  it('after it ended is reported under it, and the next cell works', async () => {
    const run = await kernel.run('setTimeout(() => process.exit(4), 50); 5');
    const seen = (): boolean =>
      kernel
        .outputsOf(run.reply.parent.msg_id)
        .some(({ content }) => String(content.text).includes('exited with code 4'));
    await kernel.until(seen);
    expect((await kernel.run('6')).result).toBe('6');
  });
});

describe('a cell blocked in a native call', () => {
  it('is given its time when interrupted, then its process is replaced', async () => {
    const session = new Session({ interruptGraceMs: 700 });
    const started = new Promise<void>(resolve => {
      const code = 'import { execSync } from "node:child_process"; console.log("now"); execSync("sleep 30")';
      void session.execute(code, { onOutput: () => resolve() }).then(result => {
        ended = result;
      });
    });
    let ended: unknown;
    await started;
    await session.interrupt();
    expect(ended).toMatchObject({
      status: 'error',
      ename: 'Interrupted',
      evalue: expect.stringContaining('A native call did not return, so the process was restarted'),
    });
    expect(await session.execute('1')).toMatchObject({ status: 'ok' });
    await session.close();
  });
});

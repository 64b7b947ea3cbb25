import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Run } from './client.ts';

let kernel: Client;

beforeAll(async () => {
  kernel = await Client.start({ env: { IMITATION_LAB_TYPES: 'off' } });
  // Here, so that no cell below is interrupted while it still imports.
  await kernel.run(`
    import { readFile } from 'node:fs/promises';
    import { setTimeout as nap } from 'node:timers/promises';
    import { cellSignal } from '@imitation-lab/kernel';`);
});
afterAll(() => kernel.stop());

const PRINT = 'console.error("running");';

/** Starts a cell, and interrupts it once it has printed, so that it runs however slow the machine is. */
async function interrupted(code: string, begin = PRINT): Promise<Run> {
  const before = kernel.published.length;
  const running = kernel.run(begin + code);
  await kernel.until(() =>
    kernel.published.slice(before).some(({ content }) => String(content.text).includes('running')),
  );
  await kernel.interrupt();
  return running;
}

describe('an interrupt', () => {
  it.each([
    ['a loop', 'kept += 1; while (true) {}'],
    ['a loop after an await', 'kept += 1; await 0; while (true) {}'],
    ['a loop of microtasks', 'kept += 1; while (true) await null'],
    [
      'a loop of timers',
      'kept += 1; await new Promise(() => { const turn = () => { const t = Date.now(); while (Date.now() < t + 5); setTimeout(turn) }; turn() })',
    ],
    ['a blocked timer', 'kept += 1; setInterval(() => { while (true) {} }, 1); await new Promise(() => {})'],
    ['a pending await', 'kept += 1; await new Promise(() => {})'],
    ['a loop of sleeps', 'kept += 1; while (true) await nap(5)'],
    ['a flood of prints', 'kept += 1; while (true) console.log("x".repeat(100))'],
  ])('stops %s and keeps the state', async (_name, code) => {
    await kernel.run('let kept = 1');
    const run = await interrupted(code);
    expect(run.reply.content).toMatchObject({ status: 'error', ename: 'Interrupted' });
    expect(run.outputs.filter(({ header }) => header.msg_type === 'error')).toHaveLength(1);
    expect((await kernel.run('kept')).result).toBe('2');
  });

  it('can be repeated many times without harm', async () => {
    await kernel.run('let rounds = 0; globalThis.ticks = 0; setInterval(() => { globalThis.ticks++ }, 5)');
    for (let n = 0; n < 10; n++) {
      await interrupted(n % 2 ? 'rounds++; while (true) await null' : 'rounds++; while (true) {}');
    }
    expect((await kernel.run('rounds')).result).toBe('10');
    const later = await kernel.run(
      'const seen = ticks; await new Promise(done => setTimeout(done, 50)); ticks > seen',
    );
    expect(later.result).toBe('true');
  });

  it("aborts the cell's signal, and what listens may still print", async () => {
    const run = await interrupted(
      'cellSignal().addEventListener("abort", () => console.log("stopped cleanly")); await new Promise(() => {})',
    );
    expect(run.text('stdout')).toBe('stopped cleanly\n');
    const next = await kernel.run('globalThis[Symbol.for("Jupyter.signal")]().aborted');
    expect(next.result).toBe('false');
  });

  it('stops a cell that blocks again when it is interrupted', async () => {
    const run = await interrupted(
      'var reported = 0; cellSignal().addEventListener("abort", () => { reported++; while (true) {} }); await new Promise(() => {})',
    );
    expect(run.reply.content.ename).toBe('Interrupted');
    expect((await kernel.run('reported')).result).toBe('1');
  });

  it('waits for code that blocks and looks at its signal right after, so that it can clean up', async () => {
    const run = await interrupted(
      `
      const grace = globalThis[Symbol.for('Jupyter.grace')];
      var heard = 0;
      let printed = false; // once: code that prints after it was interrupted is cut off
      const signal = cellSignal();
      while (!signal.aborted) {
        grace(60_000);
        if (!printed) ${PRINT}
        printed = true;
        const start = Date.now();
        while (Date.now() < start + 300);
        grace(0);
        await new Promise(done => setImmediate(done));
        await new Promise(done => setImmediate(done));
      }
      await readFile('/dev/null');
      heard++;`,
      '',
    );
    expect(run.reply.content.ename).toBe('Interrupted');
    expect((await kernel.run('heard')).result).toBe('1');
    // What does not ask for it is cut off as before.
    await interrupted('var cut = 0; while (true) cut = 1; cut = 2');
    expect((await kernel.run('cut')).result).toBe('1');
  });

  it('ends loops that no timer and no signal reaches as soon as they print', async () => {
    await interrupted('let turns = 0; while (true) { await readFile("/dev/null"); console.log(turns++) }');
    const later = await kernel.run(
      'const at = turns; await new Promise(done => setTimeout(done, 50)); turns - at',
    );
    expect(later.result).toBe('0');
  });

  it('aborts the cells that wait', async () => {
    const running = kernel.run('while (true) {}');
    const waiting = kernel.run('var reached = 1');
    await sleep(150);
    await kernel.interrupt();
    expect((await running).reply.content.status).toBe('error');
    expect((await waiting).reply.content.status).toBe('aborted');
  });

  it('by SIGINT does the same', async () => {
    const running = kernel.run('while (true) {}');
    await sleep(150);
    kernel.process.kill('SIGINT');
    expect((await running).reply.content.ename).toBe('Interrupted');
  });

  it('of an idle kernel does nothing', async () => {
    expect((await kernel.interrupt()).content).toEqual({ status: 'ok' });
    expect((await kernel.run('1')).result).toBe('1');
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './client.ts';

let kernel: Client;
afterEach(() => kernel.stop());

const WRONG = 'const n: number = "text" as unknown as string; "ran"';
const DIAGNOSTIC = /^1:7 error TS2322: Type 'string' is not assignable to type 'number'/;

describe('a type error', () => {
  it('warns under the cell, which runs, by default', async () => {
    kernel = await Client.start();
    const run = await kernel.run(WRONG);
    expect(run.result).toBe("'ran'");
    // The check may take longer than the cell: it does not hold up the reply.
    const warnings = (): unknown[] =>
      kernel.outputsOf(run.reply.parent.msg_id).filter(({ content }) => content.name === 'stderr');
    await kernel.until(() => warnings().length > 0);
    expect(warnings()).toMatchObject([{ content: { text: expect.stringMatching(DIAGNOSTIC) } }]);
  });

  it('keeps the cell from running if types block, and a right one runs', async () => {
    kernel = await Client.start({ env: { IMITATION_LAB_TYPES: 'block' } });
    const refused = await kernel.run(WRONG);
    expect(refused.reply.content).toMatchObject({ status: 'error', ename: 'TypeScriptError' });
    expect(refused.reply.content.evalue).toMatch(DIAGNOSTIC);
    expect((await kernel.run('const n: number = 1')).reply.content.status).toBe('ok');
    const later = await kernel.run('const s: string = n');
    expect(later.reply.content.evalue).toContain("Type 'number' is not assignable to type 'string'");
  });

  it('is nothing if types are off', async () => {
    kernel = await Client.start({ env: { IMITATION_LAB_TYPES: 'off' } });
    expect((await kernel.run(WRONG)).result).toBe("'ran'");
    await kernel.request('complete_request', { code: 'n.', cursor_pos: 2 });
    expect(kernel.published.filter(({ header }) => header.msg_type === 'stream')).toEqual([]);
  });
});

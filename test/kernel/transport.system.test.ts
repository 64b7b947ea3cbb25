import { afterEach, describe, expect, it } from 'vitest';
import { type Message, Wire } from '../../kernel/src/protocol/wire.ts';
import { Client } from './client.ts';

let kernel: Client | undefined;
afterEach(async () => {
  await kernel?.stop();
  kernel = undefined;
});

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the kernel', () => {
  it.each(['tcp', 'ipc'] as const)(
    'works over %s, and greets who listens to its outputs',
    async transport => {
      kernel = await Client.start({ transport });
      expect((await kernel.run('1 + 1')).result).toBe('2');
      const welcome = kernel.published.find(({ header }) => header.msg_type === 'iopub_welcome');
      expect(welcome?.content).toEqual({ subscription: '' });
    },
  );

  it('drops what is signed with another key', async () => {
    kernel = await Client.start();
    const forger = new Wire({ ...kernel.connection, key: 'guessed' });
    const request = { code: 'globalThis.forged = true', silent: true };
    await kernel.sendRaw(forger.encode(forger.message('execute_request', request)));
    expect((await kernel.run('typeof forged')).result).toBe("'undefined'");
  });

  it('brackets every request with busy and idle', async () => {
    kernel = await Client.start();
    const { reply } = await kernel.run('1');
    const states = kernel.published
      .filter(({ parent }) => parent.msg_id === reply.parent.msg_id)
      .map(({ header, content }: Message) => content.execution_state ?? header.msg_type);
    expect(states).toEqual(['busy', 'execute_input', 'execute_result', 'idle']);
  });

  it('leaves no process behind when it is shut down, even with a cell that never ends', async () => {
    kernel = await Client.start();
    const pid = Number((await kernel.run('process.pid')).result);
    void kernel.run('while (true) {}');
    const code = await kernel.stop();
    kernel = undefined;
    expect(code).toBe(0);
    expect(alive(pid)).toBe(false);
  });

  it('leaves no process behind when it is killed', async () => {
    kernel = await Client.start();
    const pid = Number((await kernel.run('process.pid')).result);
    void kernel.run('while (true) {}');
    kernel.process.kill('SIGKILL');
    await expect.poll(() => alive(pid)).toBe(false);
  });
});

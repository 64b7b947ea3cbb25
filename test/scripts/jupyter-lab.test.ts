import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '../../scripts/jupyter-lab.ts';

test('a taken port is refused by number when it was asked for', async () => {
  const server = createServer();
  const port = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  await expect(freePort(port)).rejects.toThrow(`Port ${port} is taken by another program`);
  await new Promise(resolve => server.close(resolve));
  expect(await freePort(port)).toBe(port);
});

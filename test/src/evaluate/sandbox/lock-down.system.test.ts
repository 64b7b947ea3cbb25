import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a locked process reaches no network and no other process, by whatever part of Node', async () => {
  let connections = 0;
  const server = createServer(socket => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const script = fileURLToPath(new URL('./try-network.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', script, String(port)]);
  server.close();
  const { found, globals } = JSON.parse(stdout);
  expect(Object.keys(found).length).toBeGreaterThan(20);
  expect(Object.entries(found).filter(([, result]) => String(result).startsWith('done'))).toEqual([]);
  expect(connections).toBe(0);
  expect(globals).not.toContain('process');
  expect(globals).not.toContain('fetch');
  expect(globals).toContain('WebAssembly');
});

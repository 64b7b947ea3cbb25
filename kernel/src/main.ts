import { Kernel } from './kernel.ts';
import { readConnection } from './protocol/connection.ts';
import { checkPolicy } from './type-checks.ts';

/** Interval at which to check that the server that started the kernel is running, in milliseconds. */
const PARENT_POLL_MS = 2000;

const [file] = process.argv.slice(2);
if (!file) {
  console.error('Usage: main.js CONNECTION_FILE (Jupyter starts the kernel; this file is what it runs)');
  process.exit(2);
}
try {
  const kernel = new Kernel({ cwd: process.cwd(), types: checkPolicy(process.env.IMITATION_LAB_TYPES) });
  process.on('SIGINT', () => kernel.interrupt());
  process.once('SIGTERM', () => void kernel.shutDown());
  await kernel.listen(readConnection(file));
  // A server that was killed asks nobody to shut down. It names itself to the kernels that must end with it.
  if (process.env.JPY_PARENT_PID) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) void kernel.shutDown();
    }, PARENT_POLL_MS).unref();
  }
  await kernel.closed;
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

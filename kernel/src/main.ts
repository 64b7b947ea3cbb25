import { Kernel } from './kernel.ts';
import { readConnection } from './protocol/connection.ts';
import { checkPolicy } from './type-checks.ts';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('Usage: main.js CONNECTION_FILE (Jupyter starts the kernel; this file is what it runs)');
  process.exit(2);
}
try {
  const kernel = new Kernel({ cwd: process.cwd(), types: checkPolicy(process.env.IMITATION_LAB_TYPES) });
  process.on('SIGINT', () => kernel.interrupt());
  await kernel.listen(readConnection(file));
  await kernel.closed;
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

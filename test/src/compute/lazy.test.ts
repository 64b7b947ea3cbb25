import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the library loads TensorFlow on its first use, and no backend before it is asked for', () => {
  const script = `
    import { createRequire } from 'node:module';
    const paths = () => Object.keys(createRequire(process.cwd() + '/').cache);
    const loaded = () => paths().some(path => path.includes('@tensorflow'));
    await import('imitation-lab');
    const { tf } = await import('imitation-lab/compute');
    const imported = loaded();
    const sum = tf.util.sizeFromShape([2, 3]);
    const backends = paths().filter(path => /tfjs-backend-webgpu|tfjs-node|\\.node$/.test(path));
    console.log(JSON.stringify([imported, sum, loaded(), backends]));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual([false, 6, true, []]);
});

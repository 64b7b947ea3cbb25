import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the library itself loads no TensorFlow', () => {
  const script = `
    import { createRequire } from 'node:module';
    const loaded = () => Object.keys(createRequire(process.cwd() + '/').cache).some(path => path.includes('@tensorflow'));
    await import('imitation-lab');
    const withLibrary = loaded();
    await import('imitation-lab/compute');
    console.log(JSON.stringify([withLibrary, loaded()]));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual([false, true]);
});

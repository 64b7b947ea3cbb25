import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addonSources, buildAddon } from '../../../src/compute/addon.ts';
import { ensureTensorflow, tensorflowPlace } from '../../../src/compute/index.ts';
import { registerTensorflow } from '../../../src/compute/register-tensorflow.ts';
import {
  chooseWheel,
  fetchWheel,
  type TensorflowWheel,
  wheelFolder,
} from '../../../src/compute/tensorflow-wheel.ts';
import { offerWheel } from '../../fixtures/offer-wheel.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorflow-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const linux = chooseWheel({ platform: 'linux', arch: 'x64', nvidia: false });

describe('setting up TensorFlow', () => {
  test('leaves libraries and addon ready, and does nothing the second time', async () => {
    await ensureTensorflow();
    const steps: string[] = [];
    const place = await ensureTensorflow({ onStep: step => steps.push(step) });
    expect(steps).toEqual([]);
    expect(place).toEqual(await tensorflowPlace());
    expect(place.ready).toBe(true);
  }, 600_000);

  test('lets TensorFlow print nothing as it starts, but what it is asked to', () => {
    const script =
      "const { resolveBackend } = await import('imitation-lab/compute'); await resolveBackend({ prefer: 'tensorflow' })";
    const printed = (level?: string) =>
      spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: join(import.meta.dirname, '../../..'),
        encoding: 'utf8',
        env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: level },
      }).stderr;
    expect(printed()).toBe('');
    expect(printed('0')).not.toBe('');
  });

  test('takes the build with CUDA where an NVIDIA GPU is, and one for each platform', () => {
    const names = (platform: string, arch: string, nvidia: boolean) => {
      const { project, tag } = chooseWheel({ platform, arch, nvidia });
      return [project, tag];
    };
    expect(names('linux', 'x64', false)).toEqual(['tensorflow-cpu', 'manylinux_2_27_x86_64']);
    expect(names('linux', 'x64', true)).toEqual(['tensorflow', 'manylinux_2_27_x86_64']);
    expect(names('linux', 'arm64', true)).toEqual(['tensorflow', 'manylinux_2_27_aarch64']);
    expect(names('darwin', 'arm64', false)).toEqual(['tensorflow', 'macosx_12_0_arm64']);
  });

  test('says for which platforms there is a build', () => {
    expect(() => chooseWheel({ platform: 'win32', arch: 'x64', nvidia: false })).toThrow(
      'Cannot set up TensorFlow: there are builds for linux x64, linux arm64, darwin arm64; this machine is win32 x64',
    );
  });
});

describe('the wheel', () => {
  const offer = (files: Record<string, string>): TensorflowWheel => {
    const name = 'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl';
    return { ...linux, sha256: offerWheel(folder, name, files) };
  };

  const whole = {
    'tensorflow/libtensorflow_cc.so.2': 'cc',
    'tensorflow/libtensorflow_framework.so.2': 'framework',
    'tensorflow/include/tensorflow/c/c_api.h': '// C',
    'tensorflow/include/Eigen/Core.h': '// not needed',
    'tensorflow/python/keras.py': '# not needed',
  };

  test('is unpacked to the two libraries and the C headers', async () => {
    const wheel = offer(whole);
    const unpacked = await fetchWheel(wheel, join(folder, 'cache'), 'python3');
    expect(unpacked).toBe(wheelFolder(wheel, join(folder, 'cache')));
    expect(readFileSync(join(unpacked, 'libtensorflow_cc.so.2'), 'utf8')).toBe('cc');
    expect(readdirSync(unpacked, { recursive: true }).sort()).toEqual(
      [
        'include',
        'include/tensorflow',
        'include/tensorflow/c',
        'include/tensorflow/c/c_api.h',
        ...linux.libraries,
      ].sort(),
    );
    expect(readdirSync(join(folder, 'cache', 'tensorflow'))).toHaveLength(1);
  });

  test('is refused where its content is not the published one', async () => {
    const wheel = { ...offer(whole), sha256: linux.sha256 };
    await expect(fetchWheel(wheel, join(folder, 'cache'), 'python3')).rejects.toThrow(
      /^Cannot download tensorflow-cpu 2.21.0 from PyPI: python3 ended with 1\n[\s\S]*DO NOT MATCH THE HASHES/,
    );
    expect(readdirSync(join(folder, 'cache', 'tensorflow'))).toEqual([]);
  });

  test('is refused where it lacks a library', async () => {
    const { 'tensorflow/libtensorflow_framework.so.2': _, ...lacking } = whole;
    await expect(fetchWheel(offer(lacking), join(folder, 'cache'), 'python3')).rejects.toThrow(
      /holds no libtensorflow_framework.so.2/,
    );
    expect(readdirSync(join(folder, 'cache', 'tensorflow'))).toEqual([]);
  });

  test('leaves no trace of a set-up that was killed a day ago, and lets one be that may still run', async () => {
    const wheel = offer(whole);
    const left = ['.work-killed', '.work-running'].map(name => join(folder, 'cache', 'tensorflow', name));
    for (const path of left) mkdirSync(path, { recursive: true });
    const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
    utimesSync(left[0] ?? '', yesterday, yesterday);
    await fetchWheel(wheel, join(folder, 'cache'), 'python3');
    expect(left.map(path => existsSync(path))).toEqual([false, true]);
  });

  test('cannot be fetched without a network', async () => {
    vi.stubEnv('PIP_CONFIG_FILE', '/dev/null');
    vi.stubEnv('PIP_FIND_LINKS', '');
    vi.stubEnv('PIP_RETRIES', '0');
    vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple');
    await expect(fetchWheel(linux, folder, 'python3')).rejects.toThrow(
      /^Cannot download tensorflow-cpu 2.21.0 from PyPI: python3 ended with 1\n[\s\S]*(Connection refused|No matching distribution)/,
    );
  });

  test('needs a Python to come', async () => {
    await expect(fetchWheel(linux, folder, 'no-such-python')).rejects.toThrow(
      'Cannot download tensorflow-cpu 2.21.0 from PyPI: no-such-python must be installed, found none',
    );
  });
});

describe('the addon', () => {
  test('needs a C++ compiler, and says how to get one', async () => {
    const build = buildAddon(await addonSources(), linux, folder, folder, ['no-such-compiler']);
    await expect(build).rejects.toThrow(
      'Cannot compile the TensorFlow addon: a C++ compiler must be installed, tried no-such-compiler. ' +
        'On Debian or Ubuntu: apt-get install g++. On macOS: xcode-select --install',
    );
  });

  test('shows what the compiler said, and leaves nothing behind', async () => {
    const broken = new Map([['broken.cc', 'int main() { return nothing; }\n']]);
    await expect(buildAddon(broken, linux, folder, folder)).rejects.toThrow(
      /^Cannot compile the TensorFlow addon: .* ended with 1\n[\s\S]*nothing/,
    );
    expect(readdirSync(join(folder, 'tensorflow'))).toEqual([]);
  });

  test('that is no addon is not loaded', () => {
    const path = join(folder, 'tfjs_binding.node');
    writeFileSync(path, 'cut short');
    expect(() => registerTensorflow(path)).toThrow(/^Cannot load the TensorFlow addon: .*tfjs_binding\.node/);
  });

  test('is not made of sources that the patches do not fit', async () => {
    const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json');
    cpSync(join(dirname(manifest), 'binding'), folder, { recursive: true });
    const header = join(folder, 'tfjs_backend.h');
    writeFileSync(header, readFileSync(header, 'utf8').replace('GetNumOfTensors', 'CountTensors'));
    await expect(addonSources(folder)).rejects.toThrow(
      `Cannot patch ${header}: it must hold "  napi_value GetNumOfTensors(napi_env env);\\n" once, found 0`,
    );
  });
});

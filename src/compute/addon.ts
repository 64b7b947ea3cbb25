import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inWorkFolder, moveInto, packageRoot } from '../files/index.ts';
import { runCommand } from '../runs/index.ts';
import type { TensorflowWheel } from './tensorflow-wheel.ts';
import { INSTALL_TENSORFLOW } from './tf.ts';

/**
 * Changes that our C++ needs in the package's: the eager context, and a place among the exports. And a tensor copies
 * the numbers that it is given: the package lets TensorFlow read JavaScript's memory, and then whichever of TensorFlow's
 * threads is last done with it releases the reference, which corrupts V8's heap while JavaScript runs.
 */
const PATCHES: readonly { file: string; find: string; replace: string }[] = [
  {
    file: 'tfjs_backend.h',
    find: '  napi_value GetNumOfTensors(napi_env env);\n',
    replace:
      '  napi_value GetNumOfTensors(napi_env env);\n\n  TFE_Context *context() const { return tfe_context_; }\n',
  },
  {
    file: 'tfjs_backend.cc',
    find: 'static std::set<std::string> ATTR_NAME_SET;\n',
    replace:
      'static std::set<std::string> ATTR_NAME_SET;\n\nTF_Tensor *CopiedTensor(TF_DataType, const int64_t *, int, const void *, size_t);\n',
  },
  {
    file: 'tfjs_backend.cc',
    find: 'TF_NewTensor(dtype, shape, shape_length, array_data,',
    replace: 'CopiedTensor(dtype, shape, shape_length, array_data,',
  },
  {
    file: 'tfjs_backend.cc',
    find: 'byte_size, DeallocTensor, auto_ref));',
    replace: 'byte_size));\n  DeallocTensor(array_data, byte_size, auto_ref);',
  },
  {
    file: 'tfjs_backend.cc',
    find: '    delete auto_ref;\n    TFE_DeleteTensorHandle(tfe_tensor_handle);\n',
    replace: '    TFE_DeleteTensorHandle(tfe_tensor_handle);\n',
  },
  {
    file: 'tfjs_binding.cc',
    find: 'static napi_value InitTFNodeJSBinding(',
    replace:
      'napi_status DefineGraphFunctions(napi_env env, napi_value exports);\n\nstatic napi_value InitTFNodeJSBinding(',
  },
  {
    file: 'tfjs_binding.cc',
    find: '#undef EXPORT_INT_PROPERTY\n',
    replace:
      '#undef EXPORT_INT_PROPERTY\n\n  nstatus = DefineGraphFunctions(env, exports);\n  ENSURE_NAPI_OK_RETVAL(env, nstatus, exports);\n',
  },
];

/** Our sources, beside the package's. */
const OWN = ['adamw_op.cc', 'copied_tensor.cc', 'graph_functions.cc', 'quiet_log.cc'];

/** Node-API 8 is in every Node from 15.12 on, so one build serves all of them. */
const FLAGS = ['-std=c++17', '-O3', '-fno-math-errno', '-shared', '-fPIC', '-DNAPI_VERSION=8'];
const COMPILERS = ['c++', 'g++', 'clang++'];
const NAME = 'tfjs_binding.node';

/** Sources of the addon by file name: those of `@tensorflow/tfjs-node-gpu`, patched, and ours. */
export type AddonSources = ReadonlyMap<string, string>;

/**
 * Reads and patches the addon's sources.
 *
 * @throws {Error} if `@tensorflow/tfjs-node-gpu` is not installed, or is a version that a patch does not fit.
 */
export async function addonSources(folder: string = bindingFolder()): Promise<AddonSources> {
  const sources = new Map<string, string>();
  for (const file of (await readdir(folder)).filter(name => /\.(cc|h)$/.test(name)).sort())
    sources.set(file, await readFile(join(folder, file), 'utf8'));
  for (const { file, find, replace } of PATCHES) {
    const parts = sources.get(file)?.split(find) ?? [];
    if (parts.length !== 2)
      throw new Error(
        `Cannot patch ${join(folder, file)}: it must hold ${JSON.stringify(find)} once, found ${Math.max(parts.length - 1, 0)}`,
      );
    sources.set(file, parts.join(replace));
  }
  for (const file of OWN)
    sources.set(file, await readFile(join(packageRoot(), 'src', 'compute', 'addon', file), 'utf8'));
  return sources;
}

function bindingFolder(): string {
  const name = '@tensorflow/tfjs-node-gpu';
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'binding');
  } catch (cause) {
    throw new Error(`Cannot set up TensorFlow: ${name} must be installed. Run: ${INSTALL_TENSORFLOW}`, {
      cause,
    });
  }
}

/** Returns the path of the addon made of these sources for this build of TensorFlow. */
export function addonPath(sources: AddonSources, wheel: TensorflowWheel, cache: string): string {
  const hash = createHash('sha256').update(JSON.stringify([[...sources], wheel, FLAGS]));
  return join(cache, 'tensorflow', `addon-${hash.digest('hex').slice(0, 16)}`, NAME);
}

/**
 * Compiles the addon against an unpacked wheel, unless it was compiled of the same sources against the same wheel.
 *
 * @param libraries the wheel's folder, where the addon will look for the libraries.
 * @param compilers C++ compilers to try; `CXX` comes first.
 * @returns the addon's path.
 * @throws {Error} if there is no compiler, or it fails.
 */
export async function buildAddon(
  sources: AddonSources,
  wheel: TensorflowWheel,
  libraries: string,
  cache: string,
  compilers: readonly string[] = [process.env.CXX ?? [], COMPILERS].flat(),
): Promise<string> {
  const path = addonPath(sources, wheel, cache);
  if (existsSync(path)) return path;
  const compiler = await findCompiler(compilers);
  await inWorkFolder(join(cache, 'tensorflow'), async work => {
    for (const [file, text] of sources) await writeFile(join(work, file), text);
    const units = [...sources.keys()].filter(file => file.endsWith('.cc')).map(file => join(work, file));
    const built = join(work, 'built');
    await mkdir(built);
    await runCommand('compile the TensorFlow addon', compiler, [
      ...FLAGS,
      ...[work, join(libraries, 'include'), nodeHeaders()].flatMap(folder => ['-I', folder]),
      ...units,
      ...wheel.libraries.map(library => join(libraries, library)),
      `-Wl,-rpath,${libraries}`,
      ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
      ...['-o', join(built, NAME)],
    ]);
    await moveInto(built, dirname(path));
  });
  return path;
}

/** Finds the C headers of Node-API, from npm: a Node from a package manager may have come without its own. */
function nodeHeaders(): string {
  const { include_dir } = createRequire(import.meta.url)('node-api-headers') as { include_dir: string };
  return include_dir;
}

async function findCompiler(compilers: readonly string[]): Promise<string> {
  for (const compiler of compilers) {
    const works = await runCommand('find a compiler', compiler, ['--version']).then(
      () => true,
      () => false,
    );
    if (works) return compiler;
  }
  throw new Error(
    `Cannot compile the TensorFlow addon: a C++ compiler must be installed, tried ${compilers.join(', ')}. ` +
      'On Debian or Ubuntu: apt-get install g++. On macOS: xcode-select --install',
  );
}

import type { Llama } from 'node-llama-cpp';
import { messageOf } from '../runs/index.ts';

type LlamaCpp = typeof import('node-llama-cpp');

/** The version whose binaries exist for every platform and that the tests run. */
const VERSION = '3.21.1';

/** The package that holds llama.cpp for a platform, by `process.platform` and `process.arch`. */
const BINARIES: Record<string, string> = {
  'linux x64': 'linux-x64',
  'linux arm64': 'linux-arm64',
  'darwin x64': 'mac-x64',
  'darwin arm64': 'mac-arm64-metal',
  'win32 x64': 'win-x64',
  'win32 arm64': 'win-arm64',
};

/**
 * Loads llama.cpp for the processor from its prebuilt binary; nothing is compiled or downloaded.
 *
 * @param load imports the optional package.
 * @throws {Error} saying what to install, if the package or its binary is missing.
 */
export async function llamaCpp(
  load: () => Promise<LlamaCpp> = () => import('node-llama-cpp'),
): Promise<{ module: LlamaCpp; llama: Llama }> {
  try {
    const module = await load();
    const llama = await module.getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      logLevel: module.LlamaLogLevel.error,
    });
    return { module, llama };
  } catch (error) {
    const [reason] = messageOf(error).split('\n');
    throw new Error(
      `Cannot run GGUF models: node-llama-cpp and its binary are required (${reason}); install them with \`${installation()}\``,
      { cause: error },
    );
  }
}

/** Returns the command that installs what this machine can use, and not the 600 MB for graphics cards. */
function installation(): string {
  const binary = BINARIES[`${process.platform} ${process.arch}`];
  const packages = ['node-llama-cpp', ...(binary === undefined ? [] : [`@node-llama-cpp/${binary}`])];
  return `npm install --omit=optional ${packages.map(name => `${name}@${VERSION}`).join(' ')}`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROTOCOL_VERSION } from './protocol/wire.ts';

/** Folder of the kernel's package. */
export const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

const version = versionIn(join(PACKAGE, 'package.json'));

/** Content of a `kernel_info_reply`. */
export const KERNEL_INFO = {
  status: 'ok',
  protocol_version: PROTOCOL_VERSION,
  implementation: 'imitation-lab',
  implementation_version: version,
  banner: `Imitation Lab ${version}: TypeScript on Node.js ${process.version}`,
  language_info: {
    name: 'typescript',
    // From its package: loading the compiler would delay the kernel's start by a third of a second.
    version: versionIn(fileURLToPath(import.meta.resolve('typescript/package.json'))),
    mimetype: 'text/typescript',
    file_extension: '.ts',
    pygments_lexer: 'typescript',
    codemirror_mode: 'typescript',
  },
  help_links: [
    { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
    { text: 'Node.js', url: 'https://nodejs.org/docs/latest/api/' },
  ],
  debugger: false,
  supported_features: [],
};

function versionIn(path: string): string {
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

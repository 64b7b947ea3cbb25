import { TextDecoder } from 'node:util';
import { SourceTextModule } from 'node:vm';
import { bareRealm, transplant } from './bare-realm.mjs';
import { startPython } from './start-python.mjs';

/** The code of the interpreter's module. */
const CODE = 'pyodide.asm.mjs';

/** Files of Pyodide's package that are loaded. */
export const PYTHON_FILES = [CODE, 'pyodide.asm.wasm', 'python_stdlib.zip'];

/**
 * Loads Python from Pyodide's files into a realm of its own.
 *
 * @param {Map<string, Uint8Array>} files {@link PYTHON_FILES} by name.
 * @param {Uint8Array | null} image memory of a Python that has started; null to start one.
 * @param {(text: string) => void} log receives the module's own messages.
 * @returns {Promise<{realm: import('node:vm').Context, module: any}>}
 */
export async function loadPython(files, image, log) {
  const realm = bareRealm(log);
  const code = new SourceTextModule(new TextDecoder().decode(file(CODE)), {
    context: realm,
    identifier: CODE,
    initializeImportMeta: meta => {
      meta.url = CODE;
    },
  });
  await code.link(specifier => {
    throw new Error(`Cannot start Python: Pyodide asked for the module ${specifier}`);
  });
  await code.evaluate();
  const { default: createModule } = /** @type {any} */ (code.namespace);
  const start = {
    createModule,
    sizeOf: (/** @type {string} */ name) => file(name).length,
    copyFile: (/** @type {string} */ name, /** @type {Uint8Array} */ into) => into.set(file(name)),
    imageBytes: image?.length ?? 0,
    copyImage: (/** @type {Uint8Array} */ into) => into.set(image ?? []),
  };
  return { realm, module: await transplant(startPython, realm)(start) };

  /** @param {string} name */
  function file(name) {
    const bytes = files.get(name);
    if (bytes) return bytes;
    throw new Error(`Cannot start Python: Pyodide asked for ${name}`);
  }
}

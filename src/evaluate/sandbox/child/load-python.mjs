import { TextDecoder } from 'node:util';
import { SourceTextModule } from 'node:vm';
import { bareRealm, transplant } from './bare-realm.mjs';
import { startPyodide } from './start-pyodide.mjs';

/**
 * Loads Python from Pyodide's files into a realm of its own.
 *
 * @param {Map<string, Uint8Array>} files Pyodide's files, by name.
 * @param {Uint8Array | null} image memory of a Python that has started; null to start one.
 * @param {(text: string) => void} log receives Pyodide's own messages.
 * @returns {Promise<{realm: import('node:vm').Context, pyodide: any}>}
 */
export async function loadPython(files, image, log) {
  const realm = bareRealm(file, log);
  const { loadPyodide } = await evaluate('pyodide.mjs');
  const { default: createPyodideModule } = await evaluate('pyodide.asm.mjs');
  const start = {
    loadPyodide,
    createPyodideModule,
    imageBytes: image?.length ?? 0,
    copyImage: (/** @type {Uint8Array} */ into) => into.set(image ?? []),
  };
  return { realm, pyodide: await transplant(startPyodide, realm)(start) };

  /** @param {string} name */
  function file(name) {
    const bytes = files.get(name);
    if (bytes) return bytes;
    throw new Error(`Cannot start Python: Pyodide asked for ${name}`);
  }

  /**
   * @param {string} name
   * @returns {Promise<any>} the module's exports.
   */
  async function evaluate(name) {
    const module = new SourceTextModule(new TextDecoder().decode(file(name)), {
      context: realm,
      identifier: name,
      initializeImportMeta: meta => {
        meta.url = name;
      },
    });
    await module.link(specifier => {
      throw new Error(`Cannot start Python: Pyodide asked for the module ${specifier}`);
    });
    await module.evaluate();
    return module.namespace;
  }
}

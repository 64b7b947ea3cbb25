/**
 * @typedef {object} Start
 * @property {(settings: object) => Promise<any>} loadPyodide
 * @property {(settings: object) => Promise<object>} createPyodideModule
 * @property {number} imageBytes size of the memory to begin from; 0 to begin from nothing
 * @property {(into: Uint8Array) => void} copyImage
 */

/**
 * Starts Pyodide inside a realm: see `transplant`. Every object that it gets to see is made here.
 *
 * @param {Start} start
 * @returns {Promise<any>} Pyodide's interface; without an image it can give one.
 */
export async function startPyodide({ loadPyodide, createPyodideModule, imageBytes, copyImage }) {
  const global = /** @type {any} */ (globalThis);
  const image = new Uint8Array(imageBytes);
  copyImage(image);
  const pyodide = await loadPyodide({
    indexURL: '/',
    createPyodideModule,
    lockFileContents: { info: JSON.parse(global.read('pyodide-lock.json')).info, packages: {} },
    jsglobals: Object.create(null),
    env: Object.create(null),
    ...(imageBytes > 0 ? { _loadSnapshot: image } : { _makeSnapshot: true }),
  });
  delete pyodide._api.config._loadSnapshot;
  for (const name of ['read', 'readbuffer', 'load']) delete global[name];
  return pyodide;
}

/**
 * @typedef {object} Seal
 * @property {string} close Python that closes the ways to JavaScript
 * @property {string} run Python that gives the function which runs a program
 * @property {number} fileBytes most bytes that a program may write to files and pipes
 * @property {number} outputBytes most bytes that are kept of what a program prints
 */

/**
 * Makes a started Pyodide ready for one untrusted program. Runs inside the realm: see `transplant`.
 *
 * @param {any} pyodide
 * @param {Seal} seal
 * @returns what can be asked of it: to `run` a program now; to `prepare` one, which the realm's function `start`
 *   then runs; for the `output` so far.
 */
export function sealPython(pyodide, seal) {
  const module = pyodide._module;
  const decoder = new TextDecoder();
  closeBuiltins();
  limitFiles();
  const printed = new Uint8Array(seal.outputBytes);
  let length = 0;
  const write = (/** @type {Uint8Array} */ bytes) => {
    const kept = bytes.subarray(0, printed.length - length);
    printed.set(kept, length);
    length += kept.length;
    return bytes.length;
  };
  pyodide.setStdin({ error: true });
  pyodide.setStdout({ write });
  pyodide.setStderr({ write: (/** @type {Uint8Array} */ bytes) => bytes.length });
  const run = pyodide.runPython(seal.run);
  pyodide.runPython(seal.close);

  return {
    run: (/** @type {string} */ program) => `${run(program)}`,
    prepare(/** @type {string} */ program) {
      /** @type {any} */ (globalThis).start = () => {
        try {
          return `${run(program)}`;
        } catch (error) {
          return `failed\nthe interpreter stopped: ${error}`;
        }
      };
    },
    output: () => `${decoder.decode(printed.subarray(0, length))}`,
  };

  /** Strikes modules that reach raw memory from the interpreter's own list, before one is made. */
  function closeBuiltins() {
    const closed = /^_(ctypes|posixsubprocess|remote_debugging|test.*capi|testclinic.*|xxtestfuzz)$/;
    const list = module.HEAPU32[module._PyImport_Inittab >>> 2];
    for (let at = list >>> 2; module.HEAPU32[at] !== 0; at += 2) {
      const name = module.HEAPU32[at];
      if (closed.test(module.UTF8ToString(name))) module.HEAPU8[name] = 0;
    }
  }

  /** Bounds what lies outside of Python's memory: the contents of files and of pipes. */
  function limitFiles() {
    const { FS, PIPEFS, ERRNO_CODES } = module;
    const { MEMFS } = FS.filesystems;
    let left = seal.fileBytes;
    const take = (/** @type {number} */ bytes) => {
      if (bytes > left) throw new FS.ErrnoError(ERRNO_CODES.ENOSPC);
      left -= Math.max(bytes, 0);
    };
    const { write: writeFile } = MEMFS.ops_table.file.stream;
    const { resizeFileStorage } = MEMFS;
    const { write: writePipe } = PIPEFS.stream_ops;
    MEMFS.ops_table.file.stream.write = (/** @type {any[]} */ ...parameters) => {
      const [stream, , , size, position] = parameters;
      take(position + size - stream.node.usedBytes);
      return writeFile(...parameters);
    };
    MEMFS.resizeFileStorage = (/** @type {any} */ node, /** @type {number} */ size) => {
      take(size - node.usedBytes);
      return resizeFileStorage(node, size);
    };
    PIPEFS.stream_ops.write = (/** @type {any[]} */ ...parameters) => {
      take(parameters[3]);
      return writePipe(...parameters);
    };
  }
}

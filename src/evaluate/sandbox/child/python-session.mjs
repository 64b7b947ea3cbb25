/**
 * @typedef {object} Session
 * @property {string} setUp Python that is run once, when the interpreter is new
 * @property {boolean} isNew whether the interpreter is still to be initialised
 * @property {number} fileBytes most bytes that a program may write to files and pipes
 * @property {number} outputBytes most bytes that are kept of what a program prints
 */

/**
 * Makes a started interpreter ready for one untrusted program. Runs inside the realm: see `transplant`.
 *
 * @param {any} module
 * @param {Session} session
 * @returns what can be asked of it: to `prepare` a program, which the realm's function `start` then runs and reports
 *   on; for the `output` so far; for its `memory`.
 */
export function pythonSession(module, { setUp, isNew, fileBytes, outputBytes }) {
  const { FS, PIPEFS, ERRNO_CODES } = module;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const printed = new Uint8Array(outputBytes);
  let length = 0;
  limitFiles();
  connectStreams();
  if (isNew) {
    closeBuiltins();
    module._Py_InitializeEx(0);
    setMain('set_up', setUp);
    const statement = allocate("exec(compile(set_up, '<sandbox>', 'exec'))\0");
    if (module._PyRun_SimpleString(statement) !== 0) throw new Error('Cannot set Python up');
  }

  return {
    prepare(/** @type {string} */ program) {
      setMain('program', program);
      const statement = allocate('verdict = run(program)\0');
      /** @type {any} */ (globalThis).start = () => {
        try {
          module._PyRun_SimpleString(statement);
          return getMain('verdict') || 'failed\nthe interpreter stopped';
        } catch (error) {
          const { message = error } = /** @type {Error} */ (error);
          return `failed\nthe interpreter stopped: ${message}`;
        }
      };
    },
    output: () => `${decoder.decode(printed.subarray(0, length))}`,
    memory: () => module.HEAPU8,
  };

  /** Copies a text into Python's memory as UTF-8. */
  function allocate(/** @type {string} */ text) {
    const bytes = encoder.encode(text);
    const address = module._malloc(bytes.length);
    module.HEAPU8.set(bytes, address);
    return address;
  }

  /** Returns the module `__main__`, in which the session and Python hand texts to each other. */
  function main() {
    return module._PyImport_AddModule(allocate('__main__\0'));
  }

  function setMain(/** @type {string} */ name, /** @type {string} */ text) {
    const value = module._PyUnicode_FromStringAndSize(allocate(text), encoder.encode(text).length);
    module._PyObject_SetAttrString(main(), allocate(`${name}\0`), value);
  }

  /** Returns a text of `__main__`; an empty one for whatever else a program put there. */
  function getMain(/** @type {string} */ name) {
    const value = module._PyObject_GetAttrString(main(), allocate(`${name}\0`));
    const text = value === 0 ? 0 : module._PyUnicode_AsUTF8(value);
    return text === 0 ? '' : `${module.UTF8ToString(text)}`;
  }

  /** Strikes modules that reach raw memory from the interpreter's own list, before one is made. */
  function closeBuiltins() {
    const closed = /^_(ctypes|posixsubprocess|remote_debugging|test.*capi|testclinic.*|xxtestfuzz)$/;
    const list = module.HEAPU32[module._PyImport_Inittab >>> 2];
    for (let at = list >>> 2; module.HEAPU32[at] !== 0; at += 2) {
      const name = module.HEAPU32[at];
      if (closed.test(module.UTF8ToString(name))) module.HEAPU8[name] = 0;
    }
  }

  /** Gives Python an input that cannot be read, an output that is kept as far as there is room, and errors that go nowhere. */
  function connectStreams() {
    const refuse = () => {
      throw new FS.ErrnoError(ERRNO_CODES.EIO);
    };
    const keep = (/** @type {any[]} */ ...[, memory, offset, count]) => {
      const bytes = new Uint8Array(memory.buffer, memory.byteOffset + offset, count);
      const kept = bytes.subarray(0, printed.length - length);
      printed.set(kept, length);
      length += kept.length;
      return count;
    };
    const drop = (/** @type {any[]} */ ...[, , , count]) => count;
    const streams = [
      { read: refuse, write: refuse },
      { read: refuse, write: keep },
      { read: refuse, write: drop },
    ];
    for (const [number, { read, write }] of streams.entries()) {
      const path = `/dev/stream${number}`;
      const device = FS.makedev(64, number);
      FS.registerDevice(device, { open() {}, close() {}, read, write });
      FS.mkdev(path, device);
      FS.closeStream(number);
      FS.open(path, number === 0 ? 'r' : 'w');
    }
  }

  /** Bounds what lies outside of Python's memory: the contents of files and of pipes. */
  function limitFiles() {
    const { MEMFS } = FS.filesystems;
    let left = fileBytes;
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

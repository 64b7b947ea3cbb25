/**
 * @typedef {object} Start
 * @property {(settings: object) => Promise<any>} createModule makes the interpreter's module
 * @property {(name: string) => number} sizeOf bytes of a file of Pyodide
 * @property {(name: string, into: Uint8Array) => void} copyFile
 * @property {number} imageBytes size of the memory to begin from; 0 to begin from nothing
 * @property {(into: Uint8Array) => void} copyImage
 */

/**
 * Starts CPython inside a realm: see `transplant`. Of Pyodide's package it uses the interpreter alone. The bridge by
 * which Pyodide lends JavaScript's objects to Python is never built, and the functions that would build it are closed:
 * whatever a program does to the interpreter, it finds no object of JavaScript.
 *
 * @param {Start} start
 * @returns {Promise<any>} the interpreter's module; without an image, of an interpreter that is still to be initialised.
 */
export async function startPython({ createModule, sizeOf, copyFile, imageBytes, copyImage }) {
  /** Functions of JavaScript that CPython and its C library need: files, clocks, memory, and calls within the module. */
  const OPEN =
    /^(__syscall_\w+|fd_\w+|clock_\w+|environ_\w+|random_get|proc_exit|exit|_abort_js|__assert_fail|emscripten_(date_now|get_now|get_heap_max|resize_heap|runtime_keepalive_(push|pop))|_emscripten_(get_progname|system|runtime_keepalive_clear)|_(tzset|localtime|gmtime|mktime|timegm|mmap|munmap|msync|setitimer)_js|__call_sighandler|_Py(EM_TrampolineCall_JS|_emscripten_runtime|_CheckEmscriptenSignals_Helper)|_try_\w+|_maybe_\w+|get(proto\w+|addrinfo|nameinfo))$/;
  const PAGE = 65_536;
  const HOME = '/home/pyodide';
  const bytesOf = (/** @type {string} */ name) => {
    const bytes = new Uint8Array(sizeOf(name));
    copyFile(name, bytes);
    return bytes;
  };

  const module = await createModule({
    noInitialRun: true,
    API: { config: { jsglobals: Object.create(null) }, runtimeEnv: Object.create(null) },
    preRun: [furnish],
    instantiateWasm,
  });
  if (imageBytes > 0) copyImage(module.HEAPU8);
  return module;

  /** Lays the files and the environment that Python starts with. */
  function furnish(/** @type {any} */ { FS, ENV }) {
    for (const folder of ['/lib/python3.14/site-packages', '/lib/python3.14/lib-dynload', HOME])
      FS.mkdirTree(folder);
    FS.writeFile('/lib/python314.zip', bytesOf('python_stdlib.zip'));
    FS.chdir(HOME);
    Object.assign(ENV, { HOME, PYTHONHOME: '/', PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' });
  }

  function instantiateWasm(/** @type {any} */ imports, /** @type {any} */ receive) {
    closeBridge(imports.env);
    const { WebAssembly } = /** @type {any} */ (globalThis);
    WebAssembly.instantiate(bytesOf('pyodide.asm.wasm'), imports).then(
      (/** @type {any} */ { instance, module }) => {
        const { memory } = instance.exports;
        if (imageBytes > memory.buffer.byteLength)
          memory.grow((imageBytes - memory.buffer.byteLength) / PAGE);
        receive(instance, module);
      },
    );
    return {};
  }

  /** Replaces each function that the interpreter does not need, also for those that look it up later. */
  function closeBridge(/** @type {Record<string, any>} */ functions) {
    for (const [name, known] of Object.entries(functions)) {
      if (typeof known !== 'function' || OPEN.test(name)) continue;
      const refuse = () => {
        throw new Error(`closed in the sandbox: ${name}`);
      };
      functions[name] = Object.assign(refuse, { sig: known.sig });
    }
    Object.assign(functions, {
      // The module's own start asks for these, and for a table of JavaScript's objects that nobody fills.
      Jsv_GetError_import: () => null,
      JsvError_Check: () => 0,
      __hiwire_deduplicate_new: () => null,
      // No library is found: one that a program brings along could call what is closed.
      _dlopen_js: () => 0,
    });
  }
}

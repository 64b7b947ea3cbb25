/**
 * @typedef {object} Host functions outside of the realm; none of them may become reachable in it.
 * @property {(text: string) => void} log
 * @property {() => number} now milliseconds
 * @property {() => number} random one byte
 * @property {(label: string, bytes: Uint8Array, fatal: boolean, ignoreBOM: boolean) => string} decode
 * @property {(text: string, bytes: Uint8Array) => {read: number, written: number}} encodeInto
 */

/**
 * Gives a bare realm the few globals that Pyodide uses. Runs inside the realm: see `transplant`.
 *
 * What passes to the host is made plain first, by means that a program cannot replace: a text by a template,
 * bytes by a new view on them. An error thrown by the host is an object of the host, so none passes back.
 *
 * @param {Host} host
 */
export function furnishRealm(host) {
  const Bytes = Uint8Array;
  const Refusal = TypeError;

  /** @type {<T>(action: () => T) => T} */
  const guarded = action => {
    try {
      return action();
    } catch {
      throw new Refusal('refused by the sandbox');
    }
  };

  /** @param {ArrayBufferView} view */
  const plain = view => new Bytes(view.buffer, view.byteOffset, view.byteLength);

  const say = (/** @type {unknown[]} */ ...parts) => guarded(() => host.log(`${parts.join(' ')}`));
  const console = { log: say, info: say, debug: say, warn: say, error: say };

  const performance = { now: () => guarded(() => +host.now()) };

  const crypto = {
    getRandomValues(/** @type {ArrayBufferView} */ view) {
      const bytes = plain(view);
      for (let i = 0; i < bytes.length; i++) bytes[i] = guarded(() => +host.random());
      return view;
    },
  };

  class TextDecoder {
    #label;
    #fatal;
    #ignoreBOM;
    constructor(label = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
      this.#label = `${label}`;
      this.#fatal = !!fatal;
      this.#ignoreBOM = !!ignoreBOM;
    }
    decode(/** @type {ArrayBufferView} */ view = new Bytes(0)) {
      return guarded(() => `${host.decode(this.#label, plain(view), this.#fatal, this.#ignoreBOM)}`);
    }
  }

  class TextEncoder {
    encode(text = '') {
      const bytes = new Bytes(text.length * 3);
      return bytes.slice(0, this.encodeInto(text, bytes).written);
    }
    encodeInto(/** @type {string} */ text, /** @type {Uint8Array} */ view) {
      return guarded(() => {
        const { read, written } = host.encodeInto(`${text}`, plain(view));
        return { read: +read, written: +written };
      });
    }
  }

  // Nothing runs after the program, so nothing is ever called later.
  const setTimeout = () => 0;
  const clearTimeout = () => {};

  // Emscripten takes random bytes from the Web Crypto only where it believes itself in a worker.
  const WorkerGlobalScope = class {};

  Object.assign(globalThis, { console, performance, crypto, TextDecoder, TextEncoder });
  Object.assign(globalThis, { setTimeout, clearTimeout, WorkerGlobalScope });
}

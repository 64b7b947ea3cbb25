/** Bytes of one page of WebAssembly memory. */
const PAGE = 65_536;

/** Number of the section of a WebAssembly module that declares its memory. */
const MEMORY_SECTION = 5;

/** Flag of a memory that declares the most pages it may have. */
const HAS_MAXIMUM = 1;

/**
 * Lowers the most memory that a WebAssembly module declares for itself. The engine then refuses every growth
 * beyond, whoever asks for it and by whatever instruction or call.
 *
 * @param {Uint8Array} wasm a module whose one memory declares a maximum.
 * @param {number} bytes the new maximum; rounded down to whole pages.
 * @returns {Uint8Array} a copy of the module.
 * @throws {RangeError} if the module begins with more memory than that.
 * @throws {Error} if the module declares no memory of the form that is known here.
 * @see https://webassembly.github.io/spec/core/binary/modules.html
 */
export function limitMemory(wasm, bytes) {
  const section = findMemory(wasm);
  const count = readNumber(wasm, section);
  const flags = readNumber(wasm, count.end);
  if (count.value !== 1 || flags.value !== HAS_MAXIMUM) {
    throw new Error('Cannot limit the memory of a WebAssembly module: one memory with a maximum is required');
  }
  const minimum = readNumber(wasm, flags.end);
  const maximum = readNumber(wasm, minimum.end);
  const pages = Math.min(Math.floor(bytes / PAGE), maximum.value);
  if (pages < minimum.value) {
    throw new RangeError(
      `Cannot limit memory to ${bytes} bytes: Python begins with ${minimum.value * PAGE} bytes`,
    );
  }
  const limited = wasm.slice();
  let rest = pages;
  for (let at = minimum.end; at < maximum.end; at++) {
    const more = at < maximum.end - 1;
    limited[at] = (rest & 0x7f) | (more ? 0x80 : 0);
    rest >>>= 7;
  }
  return limited;
}

/**
 * @param {Uint8Array} wasm
 * @returns {number} where the content of the memory section begins.
 */
function findMemory(wasm) {
  for (let at = 8; at < wasm.length; ) {
    const size = readNumber(wasm, at + 1);
    if (wasm[at] === MEMORY_SECTION) return size.end;
    at = size.end + size.value;
  }
  throw new Error('Cannot limit the memory of a WebAssembly module: it declares none');
}

/**
 * Reads an unsigned LEB128 number of at most 32 bits.
 *
 * @param {Uint8Array} bytes
 * @param {number} start
 */
function readNumber(bytes, start) {
  let value = 0;
  let end = start;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[end++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, end };
  }
}

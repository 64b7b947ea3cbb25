/** One field of a Protocol Buffers message: its number, and a number or the bytes it holds. */
export interface Field {
  number: number;
  value: number | Uint8Array;
}

/**
 * Yields the fields of a message, in order. Whole numbers beyond 2^53 lose digits; no field that we read holds any.
 *
 * @throws {Error} if the bytes end within a field or are of no known wire type.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function* readFields(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number): number => {
    const start = at;
    at += length;
    if (at > bytes.length)
      throw new Error(`a field of ${length} bytes begins at byte ${start} of ${bytes.length}`);
    return start;
  };
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(take(1));
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      if (scale > 2 ** 63) throw new Error(`a number of more than ten bytes begins at byte ${at}`);
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === 0) yield { number, value: varint() };
    else if (wireType === 1) yield { number, value: view.getFloat64(take(8), true) };
    else if (wireType === 5) yield { number, value: view.getFloat32(take(4), true) };
    else if (wireType === 2) {
      const length = varint();
      const start = take(length);
      yield { number, value: bytes.subarray(start, start + length) };
    } else throw new Error(`wire type ${wireType} is at byte ${at}`);
  }
}

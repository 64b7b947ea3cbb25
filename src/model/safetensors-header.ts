import { elementCount, type StoredTensor, tensorAt } from '../files/index.ts';
import { ReadError, shown } from '../readers/index.ts';
import { FLOAT_TYPES } from './float-type.ts';
import { isObject, parseObject, stringsOf } from './json.ts';
import { wholeNumberBytes } from './stored-tensor.ts';

/** Bytes of the header's length, a 64-bit whole number before it. */
export const LENGTH_BYTES = 8;

/** Longest header that is read; the format's own library draws the line there too. */
export const MOST_HEADER_BYTES = 100_000_000;

/** The name that a header keeps for what it says about the file. */
export const METADATA = '__metadata__';

export interface SafetensorsHeader {
  metadata: Map<string, string>;
  tensors: Map<string, StoredTensor>;
}

/**
 * Parses the header of a safetensors file and holds it to the format: known types, shapes that match the bytes,
 * bytes that follow one another without overlap or gap, up to the end of the file.
 *
 * @param bytes the header, without its length.
 * @param path the file, for errors.
 * @param size the whole file's bytes.
 * @throws {ReadError} if it breaks a rule.
 * @see https://github.com/huggingface/safetensors#format
 */
export function parseSafetensorsHeader(bytes: Uint8Array, path: string, size: number): SafetensorsHeader {
  const at = `the header of ${path}`;
  const { [METADATA]: described = {}, ...entries } = parseObject(bytes, at);
  const dataStart = LENGTH_BYTES + bytes.length;
  const tensors = Object.entries(entries)
    .map(([name, entry]) => tensorOf(name, entry, path, dataStart))
    .sort((a, b) => a.offset - b.offset || a.bytes - b.bytes);
  let end = dataStart;
  for (const { name, offset, bytes } of tensors) {
    if (offset !== end) {
      const required = `its data to start at byte ${end - dataStart}, where the one before ends,`;
      throw new ReadError({ at: tensorAt(path, name), required, found: `${offset - dataStart}` });
    }
    end += bytes;
    if (end > size) {
      const required = `its data to end within the file's ${size - dataStart} bytes of data`;
      throw new ReadError({ at: tensorAt(path, name), required, found: `byte ${end - dataStart}` });
    }
  }
  if (end !== size) {
    throw new ReadError({ at: path, required: `${end} bytes, as its header says,`, found: `${size}` });
  }
  return {
    metadata: new Map(Object.entries(stringsOf(described, `${at}, "${METADATA}"`))),
    tensors: new Map(tensors.map(tensor => [tensor.name, tensor])),
  };
}

function tensorOf(name: string, entry: unknown, path: string, dataStart: number): StoredTensor {
  const at = tensorAt(path, name);
  if (!isObject(entry)) {
    throw new ReadError({ at, required: 'an object of dtype, shape and data_offsets', found: shown(entry) });
  }
  const { dtype: type, shape, data_offsets: offsets } = entry;
  const elementBytes = typeof type === 'string' ? bytesOf(type) : undefined;
  if (typeof type !== 'string' || elementBytes === undefined) {
    const required = 'a dtype of F64, F32, F16, BF16, BOOL or whole numbers of 8 to 64 bits';
    throw new ReadError({ at, required, found: shown(type) });
  }
  if (!isNumbers(shape))
    throw new ReadError({ at, required: 'a shape of whole numbers', found: shown(shape) });
  const [start, end, ...more] = isNumbers(offsets) ? offsets : [];
  if (!isOffset(start) || !isOffset(end) || end < start || more.length > 0) {
    const required = 'data_offsets of two whole numbers, the second no less than the first,';
    throw new ReadError({ at, required, found: shown(offsets) });
  }
  const bytes = elementCount(shape, at) * elementBytes;
  if (bytes !== end - start) {
    const required = `${bytes} bytes of data, for ${type} of shape ${shown(shape)},`;
    throw new ReadError({ at, required, found: `${end - start}` });
  }
  return { name, type, shape, offset: dataStart + start, bytes };
}

/** Returns the bytes of one element; undefined for a type that is not read. */
function bytesOf(type: string): number | undefined {
  const block = Object.hasOwn(FLOAT_TYPES, type) ? FLOAT_TYPES[type] : undefined;
  return block?.values === 1 ? block.bytes : wholeNumberBytes(type);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(item => typeof item === 'number');
}

function isOffset(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}

export type { Row } from '../readers/index.ts';
export { canonicalJson, hashOf } from './canonical.ts';
export { type ContentHashOptions, contentHash } from './content-hash.ts';
export { exists, isErrno, readIfExists } from './exists.ts';
export { cacheFolder, packageRoot } from './folders.ts';
export type { ByteSource } from './gguf-cursor.ts';
export type { GgufHeader, GgufValue, NumberArray } from './gguf-header.ts';
export { parseGgufHeader } from './gguf-header.ts';
export { type InputFile, openInput } from './input-file.ts';
export { readGgufHeader } from './read-gguf-header.ts';
export {
  itemName,
  type KeyedItem,
  lineOf,
  openRowFile,
  parseWholeRows,
  type RowFile,
  type RowFileOptions,
} from './row-file.ts';
export { gitBlobFile, sha256File } from './sha256.ts';
export { elementCount, type StoredTensor, tensorAt } from './stored-tensor.ts';
export { windowed } from './windowed.ts';
export { inWorkFolder, moveInto } from './work-folder.ts';
export { flush, writeFileAtomic } from './write-file.ts';

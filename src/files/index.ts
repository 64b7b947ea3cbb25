export { cacheFolder } from './cache-folder.ts';
export { exists } from './exists.ts';
export { flush } from './flush.ts';
export { packageRoot } from './package-root.ts';
export { readIfThere } from './read-if-there.ts';
export { lineOf, openRowFile, type RowFile, wholeRows } from './row-file.ts';
export { gitBlobFile, sha256File } from './sha256.ts';
export { inWorkFolder, moveInto } from './work-folder.ts';
export { writeFileAtomic } from './write-file.ts';

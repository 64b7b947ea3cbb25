export { cacheFolder } from './cache-folder.ts';
export { type Manifest, startManifest } from './manifest.ts';
export { packageRoot } from './package-root.ts';
export { describeProgress, type OnProgress, type Progress, progressLine } from './progress.ts';
export { runningSignal } from './running-signal.ts';
export { sha256File } from './sha256.ts';
export { writeFileAtomic } from './write-file.ts';

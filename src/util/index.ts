export { cacheFolder } from './cache-folder.ts';
export { type Manifest, startManifest } from './manifest.ts';
export { packageRoot } from './package-root.ts';
export { describeProgress, type OnProgress, type Progress, progressLine } from './progress.ts';
export { runCommand } from './run-command.ts';
export { runningSignal } from './running-signal.ts';
export { gitBlobFile, sha256File } from './sha256.ts';
export { inWorkFolder, moveInto } from './work-folder.ts';
export { writeFileAtomic } from './write-file.ts';

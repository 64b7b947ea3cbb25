export { keepManifest, type Manifest, startManifest } from './manifest.ts';
export { causeOf, messageOf } from './message-of.ts';
export { isProcessAlive } from './process-lives.ts';
export { describeProgress, duration, type OnProgress, type Progress, progressLine } from './progress.ts';
export { runCommand } from './run-command.ts';
export { requireSameSettings, type Settings } from './same-settings.ts';
export { secondsSince } from './seconds-since.ts';

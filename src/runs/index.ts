export { keepManifest, type Manifest, startManifest } from './manifest.ts';
export { causeOf, messageOf } from './message-of.ts';
export { isProcessAlive, runCommand } from './processes.ts';
export {
  describeProgress,
  duration,
  type OnProgress,
  type Progress,
  type ProgressLineOptions,
  progressLine,
} from './progress.ts';
export { requireSameSettings, type Settings } from './same-settings.ts';
export { secondsSince } from './seconds-since.ts';

export {
  accepts,
  anything,
  boolean,
  either,
  type Guard,
  list,
  literal,
  nullable,
  number,
  object,
  optional,
  record,
  string,
} from './guard.ts';
export type { Lease } from './held-lease.ts';
export {
  acquireLease,
  fileLease,
  folderLease,
  type LeasedOutput,
  type LeaseOptions,
  leaseOwner,
  withLease,
} from './lease.ts';
export type { LeaseOwner } from './lease-owner.ts';
export { loadJson } from './load-json.ts';
export {
  type KeptManifest,
  keepManifest,
  MANIFEST_FIELDS,
  type Manifest,
  type ManifestInputs,
  type RunModel,
  startManifest,
} from './manifest.ts';
export { causeOf, messageOf } from './message-of.ts';
export type { ProcessIdentity } from './process-identity.ts';
export { runCommand } from './processes.ts';
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

import { writeFileAtomic } from '../files/index.ts';
import {
  list,
  loadJson,
  MANIFEST_FIELDS,
  type Manifest,
  object,
  type Settings,
  startManifest,
} from '../runs/index.ts';

/** Manifest of a run that may be resumed: with the start, commit and versions of each resumption. */
interface RunManifest extends Manifest {
  resumed: readonly Resumption[];
}

type Resumption = Pick<Manifest, 'started' | 'commit' | 'versions'>;

const { started, commit, versions } = MANIFEST_FIELDS;
const RESUMPTION = object<Resumption>({ started, commit, versions });
const RUN_MANIFEST = object<RunManifest>({ ...MANIFEST_FIELDS, resumed: list(RESUMPTION) }, { open: true });

/**
 * Starts the manifest of a run, or continues that of the run that is resumed, with the seconds of both.
 *
 * @returns writes it as of now.
 * @throws {Error} if the file holds no manifest.
 */
export async function startRunManifest(
  path: string,
  { settings, seed, resumed }: { settings: Settings; seed: number; resumed: boolean },
): Promise<() => Promise<void>> {
  const now = await startManifest({ config: settings, seed });
  const first = resumed ? await loadJson(path, 'the manifest of a run', RUN_MANIFEST) : undefined;
  return () => {
    const latest = now();
    const { started, commit, versions } = latest;
    const manifest: RunManifest = first
      ? {
          ...first,
          seconds: first.seconds + latest.seconds,
          resumed: [...first.resumed, { started, commit, versions }],
        }
      : { ...latest, resumed: [] };
    return writeFileAtomic(path, `${JSON.stringify(manifest, null, 2)}\n`);
  };
}

import { readIfExists, writeFileAtomic } from '../files/index.ts';
import { type Manifest, type Settings, startManifest } from '../runs/index.ts';

/** Manifest of a run that may be resumed: with the start, commit and versions of each resumption. */
interface RunManifest extends Manifest {
  resumed: Pick<Manifest, 'started' | 'commit' | 'versions'>[];
}

/**
 * Starts the manifest of a run, or continues that of the run that is resumed, with the seconds of both.
 *
 * @returns writes it as of now.
 */
export async function startRunManifest(
  path: string,
  { settings, seed, resumed }: { settings: Settings; seed: number; resumed: boolean },
): Promise<() => Promise<void>> {
  const now = await startManifest({ config: settings, seed });
  const text = resumed ? await readIfExists(path) : undefined;
  const first: RunManifest | undefined = text === undefined ? undefined : JSON.parse(text);
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

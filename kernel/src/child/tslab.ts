import { createRequire } from 'node:module';
import { sep } from 'node:path';
import type { MimeBundle } from '../outputs.ts';
import { publish } from './cell.ts';

/** Data of tslab's `display`. */
interface TslabDisplayData {
  data: MimeBundle;
  metadata: Record<string, unknown>;
  transient: { display_id?: string };
}
interface TslabJupyter {
  lastWriteDisplayData?: (content: TslabDisplayData, update?: boolean) => void;
}

const DISPLAYER = ['', 'tslab', 'dist', 'jupyter.js'].join(sep);
const { cache } = createRequire(import.meta.url);
const connected = new WeakSet<object>();

/** Puts this kernel behind the `display` of every tslab that was loaded, wherever it was installed. */
export function connectTslab(): void {
  for (const path in cache) {
    if (!path.endsWith(DISPLAYER)) continue;
    const jupyter = cache[path]?.exports as TslabJupyter | undefined;
    if (!jupyter || connected.has(jupyter)) continue;
    connected.add(jupyter);
    jupyter.lastWriteDisplayData = ({ data, metadata, transient }, update) => {
      const { display_id } = transient;
      if (update && display_id)
        publish({ output_type: 'update_display_data', data, metadata, transient: { display_id } });
      else
        publish({
          output_type: 'display_data',
          data,
          metadata,
          ...(display_id ? { transient: { display_id } } : {}),
        });
    };
  }
}

import type { OnProgress } from '../../runs/index.ts';

/** Options that decide how a command prints. */
export interface Output {
  json?: boolean | undefined;
  quiet?: boolean | undefined;
}

/**
 * Returns what prints progress: as JSON lines on standard output, or on standard error as a line that a terminal
 * redraws and a file gets now and then.
 */
export async function progressPrinter({ json, quiet }: Output): Promise<OnProgress> {
  if (quiet) return () => {};
  if (json) return printJson;
  const { progressLine } = await import('../../runs/index.ts');
  return progressLine({ redraw: Boolean(process.stderr.isTTY) });
}

/** Prints a value as a JSON line on standard output. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value));
}

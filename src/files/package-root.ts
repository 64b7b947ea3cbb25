import { fileURLToPath } from 'node:url';

/** The package's folder, with `package.json` and `data/`; the same from `src` and from `dist`. */
export function packageRoot(): string {
  return fileURLToPath(new URL('../../', import.meta.url));
}

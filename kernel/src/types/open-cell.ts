import type ts from 'typescript';

/** A cell as the language service sees it. */
export interface OpenCell {
  service: ts.LanguageService;
  /** The file that holds the cell, and where the user's text begins there. */
  path: string;
  start: number;
  /** The user's text. */
  code: string;
}

/** Removes the paths of the modules that represent cells from TypeScript's text for the user. */
export function withoutCellPaths(text: string): string {
  return text.replace(/import\("[^"]*\/\[(?:cell|scope)[^"]*"\)\./g, '');
}

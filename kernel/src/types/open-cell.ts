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

/** TypeScript's text for the user: the modules that stand for cells are our affair. */
export function withoutCellPaths(text: string): string {
  return text.replace(/import\("[^"]*\/\[(?:cell|scope)[^"]*"\)\./g, '');
}

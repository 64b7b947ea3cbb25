const LIST_MARKER = /^\s*(?:[-*•+–]|\(?\d{1,3}[.)]|[a-zA-Z][.)])\s+(?=\S)/;

/**
 * Length of the marker that makes a line a list item, with the white space around it: a bullet (`- * • + –`),
 * a number (`1.`, `2)`, `(3)`) or a letter (`a.`, `B)`), then white space and text. 0 if the line is no item.
 */
export function listMarkerLength(line: string): number {
  return LIST_MARKER.exec(line)?.[0].length ?? 0;
}

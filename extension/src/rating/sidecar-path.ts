/** The file that holds what annotators say of a comparison: `a.compare.jsonl` → `a.annotations.jsonl`. */
export function sidecarPath(path: string): string {
  return `${path.replace(/(\.compare)?\.(jsonl?|ipynb)$/, '')}.annotations.jsonl`;
}

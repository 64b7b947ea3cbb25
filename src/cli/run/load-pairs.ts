/**
 * Loads the pairs of two files with one text a line. An empty line is an empty text; a line break ends the last one.
 *
 * @throws {Error} if the files do not have equally many lines.
 */
export async function loadPairs(flags: {
  predictions: string;
  references: string;
}): Promise<{ prediction: string; reference: string }[]> {
  const predictions = await loadLines(flags.predictions);
  const references = await loadLines(flags.references);
  if (predictions.length !== references.length) {
    throw new Error(
      `Cannot pair ${flags.predictions} with ${flags.references}: as many lines are required in both, ` +
        `found ${predictions.length} and ${references.length}`,
    );
  }
  return predictions.map((prediction, i) => ({ prediction, reference: references[i] ?? '' }));
}

async function loadLines(path: string): Promise<string[]> {
  const { loadText } = await import('../../data/index.ts');
  const lines = (await loadText(path)).text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

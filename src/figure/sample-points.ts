import type { TrainingRow, TrainingSample } from '../schema.ts';
import { escapeHtml } from '../text/index.ts';

/** Characters of a line that appears over a point, and most of them of a text. */
const [LINE, MOST] = [72, 240];

/**
 * Draws a point on the loss of each step at which prompts were answered, over which the prompts appear with their answers
 * and what they are to be compared with.
 *
 * @param colour of the line that the points are on.
 */
export function samplePoints(
  rows: readonly TrainingRow[],
  samples: readonly TrainingSample[],
  colour: string | undefined,
): Record<string, unknown> {
  const steps = new Set(samples.map(({ step }) => step));
  const sampled = rows.filter(({ step }) => steps.has(step));
  const textAt = (at: number) => samples.filter(({ step }) => step === at).map(described);
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'samples',
    x: sampled.map(({ step }) => step),
    y: sampled.map(({ loss }) => loss),
    text: sampled.map(({ step }) => textAt(step).join('<br><br>')),
    marker: { color: colour, size: 9, symbol: 'diamond-open' },
    hovertemplate: 'step %{x}: %{y:.3r}<br>%{text}<extra></extra>',
    hoverlabel: { align: 'left' },
  };
}

function described({ prompt, text, error, reference }: TrainingSample): string {
  return [
    `<b>${shortened(prompt)}</b>`,
    `answer: ${shortened(text ?? `(${error?.message ?? 'none'})`)}`,
    ...(reference === undefined ? [] : [`reference: ${shortened(reference)}`]),
  ].join('<br>');
}

/** Shortens a text, and breaks it into lines between words. */
function shortened(text: string): string {
  const characters = [...text.replaceAll(/\s+/g, ' ')];
  const kept = characters.length > MOST ? `${characters.slice(0, MOST).join('')}…` : characters.join('');
  const lines: string[] = [];
  for (const word of kept.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= LINE) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map(escapeHtml).join('<br>');
}

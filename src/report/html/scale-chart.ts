import type { Estimate } from '../../schema.ts';
import { decimals2 } from '../format.ts';
import { type Markup, markup } from './markup.ts';
import { shownInterval } from './shown-interval.ts';

/** A row of a chart: a place between base and teacher. */
export interface ScaleRow {
  name: string;
  position: Estimate;
}

/** Ends of the axis, in parts of the way from base to teacher; what lies beyond is drawn at the edge. */
const [FROM, TO] = [-0.5, 1.5];
const [WIDTH, LABELS, VALUES, ROW, TOP] = [860, 250, 150, 28, 40];
/** Longest name that is drawn, in UTF-16 code units. */
const LONGEST = 34;

/** Draws the places of rows on the scale from base to teacher, with their intervals. */
export function scaleChart(title: string, rows: readonly ScaleRow[]): Markup {
  const height = TOP + rows.length * ROW + 10;
  const description = rows
    .map(({ name, position }) => `${name}: ${shownInterval(position, decimals2)}`)
    .join('; ');
  return markup`<figure>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}. ${description}">
<rect class="zone-base" x="${x(-0.25)}" y="${TOP - 8}" width="${x(0.25) - x(-0.25)}" height="${height - TOP}"/>
<rect class="zone-teacher" x="${x(0.75)}" y="${TOP - 8}" width="${x(TO) - x(0.75)}" height="${height - TOP}"/>
${level('base', 0, height)}
${level('teacher', 1, height)}
${rows.map((row, i) => drawnRow(row, TOP + i * ROW + ROW / 2 - 4))}
</svg>
<figcaption>${title}. Part of the way from base (0) to teacher (1), 95 % intervals; shaded: like the base, like the teacher.</figcaption>
</figure>`;
}

function x(position: number): number {
  const clamped = Math.min(TO, Math.max(FROM, position));
  return LABELS + ((clamped - FROM) / (TO - FROM)) * (WIDTH - LABELS - VALUES - 10);
}

function level(name: 'base' | 'teacher', at: number, height: number): Markup {
  return markup`<line class="${name}" x1="${x(at)}" x2="${x(at)}" y1="${TOP - 12}" y2="${height - 6}"/>
<text class="level" x="${x(at)}" y="${TOP - 20}">${name} ${at}</text>`;
}

function drawnRow({ name, position: { value, low, high } }: ScaleRow, y: number): Markup {
  const short = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
  const label = markup`<text x="0" y="${y + 4}">${short}</text>`;
  if (value === null) return markup`${label}<text x="${x(0)}" y="${y + 4}" class="level">not measured</text>`;
  const bar =
    low !== null &&
    high !== null &&
    markup`<line class="interval" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/>`;
  return markup`${label}${bar}<circle class="value" cx="${x(value)}" cy="${y}" r="5"/>
<text x="${WIDTH - VALUES}" y="${y + 4}">${shownInterval({ value, low, high }, decimals2)}</text>`;
}

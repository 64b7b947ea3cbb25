import { align } from '../comparison/align.ts';
import type { AnswerMark } from '../comparison/answer-marks.ts';
import { type Segment, segments } from '../comparison/segments.ts';
import { classesOf, tagOf, tooltipOf } from './mark-classes.ts';

/**
 * Wraps, in a rendered answer, what its marks cover.
 *
 * @param host the rendered Markdown.
 * @param source the raw text that the marks' offsets refer to.
 * @returns whether the rendering could be matched with its source; if not, nothing is wrapped.
 */
export function markNodes(host: HTMLElement, source: string, marks: readonly AnswerMark[]): boolean {
  const nodes = textNodes(host);
  const offsets = align(
    source,
    nodes.map(node => node.data),
  );
  if (!offsets) return false;
  const parts = segments(source.length, marks);
  const opened = new Set<AnswerMark>();
  nodes.forEach((node, index) => {
    const row = offsets[index];
    if (row) wrap(node, partOfUnits(row, parts), parts, opened);
  });
  return true;
}

function textNodes(host: HTMLElement): Text[] {
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) {
    if (
      walker.currentNode instanceof Text &&
      !walker.currentNode.parentElement?.closest('mjx-container, svg')
    ) {
      nodes.push(walker.currentNode);
    }
  }
  return nodes;
}

/**
 * Finds the segment, by position, of each code unit of a text node. White space and dropped markup between two units
 * of one segment belong to it, so that a marked sentence is one unbroken stretch.
 */
function partOfUnits(row: Int32Array, parts: readonly Segment<AnswerMark>[]): Int32Array {
  const part = new Int32Array(row.length).fill(-1);
  let at = 0;
  let last = -1;
  for (const [unit, offset] of row.entries()) {
    if (offset < 0) continue;
    while ((parts[at]?.end ?? Number.POSITIVE_INFINITY) <= offset) at++;
    part[unit] = at;
    if (last >= 0 && part[last] === at) part.fill(at, last + 1, unit);
    else if (last >= 0) bridge(part, last, unit, parts);
    last = unit;
  }
  return part;
}

/** Finds the segment of white space between two segments: the one between them in the source, if there is one. */
function bridge(part: Int32Array, last: number, unit: number, parts: readonly Segment<AnswerMark>[]): void {
  const between = (part[last] ?? -1) + 1;
  if (between < (part[unit] ?? -1) && parts[between]) part.fill(between, last + 1, unit);
}

/** Replaces a text node by its pieces. `opened` holds the marks that an earlier node shows, with their tags. */
function wrap(
  node: Text,
  part: Int32Array,
  parts: readonly Segment<AnswerMark>[],
  opened: Set<AnswerMark>,
): void {
  const pieces: (string | HTMLElement)[] = [];
  let start = 0;
  for (let end = 1; end <= part.length; end++) {
    const index = part[start] ?? -1;
    if (end < part.length && part[end] === index) continue;
    const text = node.data.slice(start, end);
    const segment = parts[index];
    if (segment && segment.marks.length > 0) pieces.push(...tags(segment, opened), marked(text, segment));
    else pieces.push(text);
    start = end;
  }
  if (pieces.some(piece => piece instanceof HTMLElement)) node.replaceWith(...pieces);
}

function tags({ marks }: Segment<AnswerMark>, opened: Set<AnswerMark>): HTMLElement[] {
  return marks.flatMap(mark => {
    const tag = opened.has(mark) ? null : tagOf(mark);
    opened.add(mark);
    if (!tag) return [];
    const sign = document.createElement('span');
    sign.className = tag.className;
    sign.setAttribute('role', 'img');
    sign.setAttribute('aria-label', tag.label);
    return [sign];
  });
}

function marked(text: string, segment: Segment<AnswerMark>): HTMLElement {
  const span = document.createElement('span');
  span.className = classesOf(segment);
  span.title = tooltipOf(segment) ?? '';
  span.textContent = text;
  return span;
}

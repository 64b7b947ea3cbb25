import { codePointsToUtf16, utf16ToCodePoints } from './code-points.ts';
import type { TypeService } from './types/type-service.ts';

/** A text in a front end's editor, and the cursor in it, which Jupyter counts in code points. */
interface CodeAtCursor {
  code?: unknown;
  cursor_pos?: unknown;
}

/** Answers a `complete_request` by the types of the notebook. */
export async function completeReply(types: TypeService, { code, cursor_pos }: CodeAtCursor) {
  const text = String(code);
  const place = (offset: number) => utf16ToCodePoints(text, offset);
  const found = await types.complete(text, codePointsToUtf16(text, Number(cursor_pos)));
  return {
    status: 'ok',
    matches: found.matches,
    cursor_start: place(found.start),
    cursor_end: place(found.end),
    metadata: {
      _jupyter_types_experimental: found.types.map(type => ({
        ...type,
        start: place(found.start),
        end: place(found.end),
      })),
    },
  };
}

/** Answers an `inspect_request` by the types of the notebook. */
export async function inspectReply(types: TypeService, { code, cursor_pos }: CodeAtCursor) {
  const text = String(code);
  const hover = await types.inspect(text, codePointsToUtf16(text, Number(cursor_pos)));
  const data = hover.found ? { 'text/plain': hover.text, 'text/markdown': hover.markdown } : {};
  return { status: 'ok', found: hover.found, data, metadata: {} };
}

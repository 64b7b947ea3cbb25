import { modelOfFile } from '../answers.ts';
import { hasFields, isId } from '../fields.ts';
import type { Entry, FileFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { ReadError, shown } from '../read-error.ts';
import { isRecord, type Row, requireId } from '../row.ts';

/**
 * Samples that lm-evaluation-harness logs of a task that generates: the context as it was sent, and the responses,
 * which are samples. Of a task scored by likelihoods there are no answers to read.
 */
export const lmEvalSamples: FileFormat = {
  name: 'lm-eval-samples',
  sign: 'rows of doc_id, doc, arguments and resps',
  fits: ({ value }) =>
    hasFields(value, {
      doc_id: isId,
      doc: isRecord,
      resps: Array.isArray,
      arguments: value => Array.isArray(value) || isRecord(value),
    }),
  open: (rows, options) => {
    // Each filter of a task repeats the responses to a document; the first one's are read.
    const filters = new Map<unknown, unknown>();
    for (const { value } of rows.toReversed()) filters.set(value.doc_id, value.filter);
    const read = (row: Row): Entry => {
      const model = modelOfFile(options);
      const id = requireId(row, ['doc_id']);
      const { target, filter } = row.value;
      const repeated = filters.get(row.value.doc_id) !== filter;
      return {
        prompt: {
          id,
          text: contextOf(row),
          ...(typeof target === 'string' && { reference: target }),
        },
        answers: repeated ? [] : responsesOf(row).map(text => generationOf(row, { model, text }, options)),
      };
    };
    return { kind: 'answers', read };
  },
};

/** Returns the context of the first request: `[[context, options]]`, or the same by the arguments' names. */
function contextOf({ at, value }: Row): string {
  const given = value.arguments;
  const [request] = isRecord(given) ? Object.values(given) : Array.isArray(given) ? given : [];
  const [context] = isRecord(request) ? Object.values(request) : Array.isArray(request) ? request : [];
  if (typeof context === 'string') return context;
  throw new ReadError({ at, required: 'a context under "arguments"', found: shown(given) });
}

function responsesOf({ at, value: { resps } }: Row): string[] {
  const responses = Array.isArray(resps) ? resps.flat() : [];
  if (responses.length > 0 && responses.every(response => typeof response === 'string')) return responses;
  throw new ReadError({ at, required: 'generated texts under "resps"', found: shown(resps) });
}

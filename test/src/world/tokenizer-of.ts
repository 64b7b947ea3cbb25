import { jsonTokenizer } from '../../../src/tokenize/tokenizer-json.ts';

/** The tokenizer of a `tokenizer.json` that has been written to no file yet. */
export const loadTokenizerFrom = (content: object) => jsonTokenizer(JSON.parse(JSON.stringify(content)));

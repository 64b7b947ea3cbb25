import type { SplitText } from './reasoning-marks.ts';

/** Header of a message in gpt-oss's format: `<|channel|>analysis<|message|>`. */
const HEADER = /<\|channel\|>(\w+)[^<]*(?:<\|constrain\|>[^<]*)?<\|message\|>/g;
const END = /<\|(?:end|return|call|start|channel)\|>/;

/** The same where special tokens were left out of the text: `analysisThe user asks…assistantfinalYes.` */
const BARE = /^analysis([\s\S]*?)assistantfinal([\s\S]*)$/;

/** Channel of the answer. */
const FINAL = 'final';

/** Splits an answer in the format of gpt-oss, with channels; undefined where the text is in another. */
export function splitChannels(text: string): SplitText | undefined {
  const [, analysis, answer] = BARE.exec(text) ?? [];
  if (analysis !== undefined && answer !== undefined) return { content: answer, reasoning: analysis.trim() };
  const headers = [...text.matchAll(HEADER)];
  if (headers.length === 0) return undefined;
  const said = headers.map((header, index) => {
    const body = text.slice(header.index + header[0].length, headers[index + 1]?.index);
    return { channel: header[1], body: body.slice(0, END.exec(body)?.index) };
  });
  const bodies = (final: boolean) =>
    said.filter(({ channel }) => (channel === FINAL) === final).map(({ body }) => body.trim());
  return { content: bodies(true).join('\n'), reasoning: bodies(false).join('\n\n') };
}

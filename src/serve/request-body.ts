import { ApiError } from './api-error.ts';
import type { Body } from './fields.ts';

/** Largest body that is read, in bytes: token ids of a few thousand long prompts. */
export const LARGEST_BODY = 32 * 2 ** 20;

/**
 * Reads the JSON object that a request holds.
 *
 * @throws {ApiError} if it is larger than is allowed (413), or no JSON object (400).
 */
export async function requestBody(request: Request, largest = LARGEST_BODY): Promise<Body> {
  const tooLarge = () => new ApiError(413, `The body of a request must be at most ${largest} bytes`);
  if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > largest) throw tooLarge();
    chunks.push(chunk);
  }
  const value = parsed(Buffer.concat(chunks).toString('utf8'));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  throw new ApiError(400, 'The body of a request must be a JSON object');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiError(400, `The body of a request must be JSON: ${(error as Error).message}`);
  }
}

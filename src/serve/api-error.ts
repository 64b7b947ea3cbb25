/** Details of an error besides its message, in OpenAI's words. */
export interface ApiErrorDetails {
  /** The field of the request that is to blame. */
  param?: string | undefined;
  /** A word by which programs identify the error. */
  code?: string | undefined;
  /** Headers of the answer. */
  headers?: Record<string, string>;
}

/** A request that is answered by an error. */
export class ApiError extends Error {
  readonly status: number;
  readonly details: ApiErrorDetails;

  constructor(status: number, message: string, details: ApiErrorDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

/** Makes the error of a field of a request that cannot be as it is. */
export function badField(param: string, message: string, code?: string): ApiError {
  return new ApiError(400, message, { param, code });
}

/** OpenAI's names of kinds of errors, by status; any other from 500 on is the server's. */
const TYPES: Record<number, string> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
};

/**
 * Writes an error as OpenAI's API does. What is no {@link ApiError} is a fault of the server, and is reported as
 * such.
 */
export function errorBody(error: unknown): { error: Record<string, unknown> } {
  const { status, message, details } = asApiError(error);
  const type = TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'server_error');
  return { error: { message, type, param: details.param ?? null, code: details.code ?? null } };
}

/** Converts any error to one that a request is answered by. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(500, (error as Error).message);
}

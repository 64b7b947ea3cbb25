/** Failure of a chat template: broken, refused by itself, beyond its budget, or asking for what is not supported. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}

/** Makes the error for a part of Jinja that exists there and not here. */
export function unsupported(what: string): TemplateError {
  return new TemplateError(`the template uses ${what}, which is not supported`);
}

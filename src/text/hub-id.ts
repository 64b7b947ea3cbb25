/** A hub's name of a model. */
const ID = /^[\w-][\w.-]*\/[\w.-]+$/;

/** Reports whether a text has the form of a hub's name of a model, OWNER/NAME. */
export function isHubId(text: string): boolean {
  return ID.test(text);
}

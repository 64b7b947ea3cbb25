/** A failure of the set-up that the user can act on. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

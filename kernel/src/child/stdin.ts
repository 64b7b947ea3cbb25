import { Readable } from 'node:stream';

/** A cell asked for a line of input. */
export class StdinNotImplementedError extends Error {
  override readonly name = 'StdinNotImplementedError';

  constructor() {
    super('Cells cannot read input: this kernel does not ask the front end for any');
  }
}

/** Makes reading input fail at once instead of waiting for ever. */
export function refuseInput(): void {
  const refuse = (): never => {
    throw new StdinNotImplementedError();
  };
  const stdin = new Readable({
    read() {
      this.destroy(new StdinNotImplementedError());
    },
  });
  Object.defineProperty(process, 'stdin', {
    value: Object.assign(stdin, { fd: 0, isTTY: false }),
    configurable: true,
    enumerable: true,
  });
  Object.assign(globalThis, { prompt: refuse, confirm: refuse });
}

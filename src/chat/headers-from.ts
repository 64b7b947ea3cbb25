/**
 * Fills environment variables, written `${NAME}`, into the values of headers.
 *
 * @throws {Error} naming a variable that is not set, or a header that cannot be sent; no value is repeated.
 */
export function headersFrom(
  headers: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const filled = value.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
        const found = environment[variable]?.trim();
        if (found) return found;
        throw new Error(
          `Cannot ask the server: the header ${name} requires the environment variable ${variable}, which is not set`,
        );
      });
      requireHeader(name, filled);
      return [name, filled];
    }),
  );
}

function requireHeader(name: string, value: string): void {
  try {
    new Headers([[name, value]]);
  } catch {
    throw new Error(
      `Cannot ask the server: the header ${JSON.stringify(name)} must have a name and a value of printable ASCII`,
    );
  }
}

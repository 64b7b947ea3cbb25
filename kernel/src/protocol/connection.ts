import { readFileSync } from 'node:fs';

/** Addresses of a kernel for its front end: the content of a Jupyter connection file. */
export interface Connection {
  transport: 'tcp' | 'ipc';
  ip: string;
  shell_port: number;
  control_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
  /** Secret that signs messages; empty: messages are not signed. */
  key: string;
  signature_scheme: string;
}

const PORTS = ['shell_port', 'control_port', 'iopub_port', 'stdin_port', 'hb_port'] as const;

/**
 * Reads a connection file.
 *
 * @throws {Error} if the file cannot be read, is not JSON or lacks a field.
 */
export function readConnection(path: string): Connection {
  let given: Partial<Connection>;
  try {
    given = JSON.parse(readFileSync(path, 'utf8')) as Partial<Connection>;
  } catch (error) {
    throw new Error(`Cannot read the connection file ${path}: ${String(error)}`, { cause: error });
  }
  const { transport = 'tcp', ip, key = '', signature_scheme = 'hmac-sha256' } = given;
  if (transport !== 'tcp' && transport !== 'ipc')
    throw new Error(
      `Cannot use the connection file ${path}: transport must be tcp or ipc, it is ${transport}`,
    );
  if (typeof ip !== 'string') throw new Error(`Cannot use the connection file ${path}: it lacks ip`);
  const ports = Object.fromEntries(
    PORTS.map(name => {
      const port = given[name];
      if (typeof port !== 'number')
        throw new Error(`Cannot use the connection file ${path}: it lacks ${name}`);
      return [name, port];
    }),
  ) as Pick<Connection, (typeof PORTS)[number]>;
  return { transport, ip, key, signature_scheme, ...ports };
}

/** Returns the ZeroMQ address of one of the connection's ports. */
export function addressOf({ transport, ip }: Connection, port: number): string {
  return transport === 'ipc' ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`;
}

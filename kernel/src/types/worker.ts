import { parentPort, workerData } from 'node:worker_threads';
import { createCellTypes } from './cell-types.ts';
import type { TypeReply, TypeRequest, TypeServiceOptions } from './type-service.ts';

const types = createCellTypes(workerData as TypeServiceOptions);

parentPort?.on('message', ({ id, method, code, offset }: TypeRequest) => {
  let reply: TypeReply;
  try {
    reply = { id, value: types[method](code, offset) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(reply);
});

import { totalmem } from 'node:os';
import { resolveBackend } from '../../compute/index.ts';
import { runCommand } from '../../runs/index.ts';
import { memorySpeed, productSpeed } from '../../train/index.ts';
import type { DeviceConfig } from '../config/checkpoint-study.ts';
import { type Device, UTILIZATION } from '../estimate/device.ts';

/** Milliseconds in which a speed is measured, so that what other processes take is averaged. */
const MEASURED_MS = 4000;

/**
 * Describes the device that models compute on: by a configuration, and for the rest by measuring it, which takes some ten
 * seconds.
 */
export async function findDevice(stated: DeviceConfig): Promise<Device> {
  const { name, device, gpu } = await resolveBackend();
  const { utilization = UTILIZATION, pricePerHour = null } = stated;
  const found = {
    teraflops: stated.teraflops ?? (await productSpeed(MEASURED_MS)).teraflops,
    bandwidth: stated.bandwidth ?? (await memorySpeed(MEASURED_MS)),
    memory: stated.memory ?? (gpu ? await gpuMemory() : totalmem() / 1e9),
  };
  return { name: `${name} on ${device}`, gpu, ...found, utilization, pricePerHour };
}

/** Reads the gigabytes of the first NVIDIA GPU. @throws {Error} if its driver does not report them. */
async function gpuMemory(): Promise<number> {
  const asked = ['--query-gpu=memory.total', '--format=csv,noheader,nounits', '--id=0'];
  const printed = await runCommand('read the memory of the GPU', 'nvidia-smi', asked).catch(
    (cause: Error) => {
      throw new Error(`${cause.message}; the config can state it as device.memory`, { cause });
    },
  );
  return (Number(printed.trim()) * 2 ** 20) / 1e9;
}

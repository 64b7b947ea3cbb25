/** Speed and memory of a device, by which runs are estimated. */
export interface Device {
  /** Name of the backend and device, or `nominal`. */
  name: string;
  gpu: boolean;
  /** Float32 operations of matrix products, 10^12 a second. */
  teraflops: number;
  /** Bytes that it reads and writes, 10^9 a second. */
  bandwidth: number;
  /** Gigabytes that a run may use, 10^9 bytes. */
  memory: number;
  /** Share of `teraflops` that a model's step reaches. */
  utilization: number;
  /** Price of an hour, in any currency; null where it is not stated. */
  pricePerHour: number | null;
}

/**
 * Assumed share of the speed of plain matrix products that a step reaches, unless a config states it: on two cores
 * training reached 0.7 at the largest shape of the benchmarks; no GPU was measured.
 */
export const UTILIZATION = 0.4;

/** Device by which a plan estimates its runs before a real one was measured. */
export const NOMINAL_DEVICE: Device = {
  name: 'nominal',
  gpu: true,
  teraflops: 100,
  bandwidth: 1000,
  memory: 80,
  utilization: UTILIZATION,
  pricePerHour: null,
};

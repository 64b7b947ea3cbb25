/** What a device can do, as far as estimates need it. */
export interface Device {
  /** Where these figures are from: `stated`, or what was measured. */
  name: string;
  gpu: boolean;
  /** Float32 operations of matrix products, 10^12 a second. */
  teraflops: number;
  /** Bytes that it reads and writes, 10^9 a second. */
  bandwidth: number;
  /** Bytes that a run may take, 10^9. */
  memory: number;
  /** Share of `teraflops` that a model's step reaches. */
  utilization: number;
  /** What an hour costs, in any currency; null where it is not stated. */
  pricePerHour: number | null;
}

/**
 * Share of the speed of plain matrix products that a step is taken to reach, where a config states none: on two cores
 * training reached 0.7 at the largest shape of the benchmarks; of a GPU nothing was measured here.
 */
export const UTILIZATION = 0.4;

/** Speeds by which a plan tells long runs from short ones before a device was looked at. */
export const NOMINAL_DEVICE: Device = {
  ...{ name: 'nominal', gpu: true, teraflops: 100, bandwidth: 1000, memory: 80 },
  ...{ utilization: UTILIZATION, pricePerHour: null },
};

/** Peak of the learning rate. */
export const LEARNING_RATE = 2e-3; // §4.1

/** Steps over which the learning rate rises to its peak. */
export const WARMUP_STEPS = 1000; // §4.1

/** Blocks in a batch. */
export const BATCH_SIZE = 32; // §4.1

/** Passes over the data. */
export const EPOCHS = 1; // §4.1

/** True: an update is multiplied by the scale of its weight, "gradients are re-scaled by the magnitude of each weight". */
export const MULTIPLY_BY_PARAMETER_SCALE = true; // §4.1

/** Peak of the learning rate. */
export const LEARNING_RATE = 2e-3; // §4.1

/** Steps over which the learning rate rises to its peak. */
export const WARMUP_STEPS = 1000; // §4.1

/** Blocks that one step learns from. */
export const BATCH_SIZE = 32; // §4.1

/** How often each block is seen. */
export const EPOCHS = 1; // §4.1

export { loss } from './loss.ts';
export { BATCH_SIZE, EPOCHS, LEARNING_RATE, WARMUP_STEPS } from './paper.ts';
export { type Schedule, type ScheduleOptions, schedule } from './schedule.ts';

export { runningSignal } from './running-signal.ts';
export { type Facts, showFacts } from './show-facts.ts';
export { uncut } from './uncut.ts';
export { DISPLAY, type DisplayBundle, withDisplay } from './with-display.ts';

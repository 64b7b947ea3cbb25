import { useCallback, useSyncExternalStore } from 'react';
import type { ComparisonState, IComparisonModel } from '../comparison/model.ts';

/** The model's state; the component renders again when it changes. */
export function useModel(model: IComparisonModel): ComparisonState {
  const subscribe = useCallback((listener: () => void) => model.subscribe(listener), [model]);
  return useSyncExternalStore(subscribe, () => model.state);
}

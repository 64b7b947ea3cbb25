import type { StudyModel } from '../config/checkpoint-study.ts';
import type { ImitationData } from '../config/study.ts';
import type { OutsideModel } from './open-model.ts';

/** Returns what decides the outputs of a model: the hash of its files, or address and name at a server. */
function decisiveModel({ fingerprint, ...options }: StudyModel): object {
  const { model, engine, modelName, adapter, extra } = options;
  return fingerprint == null
    ? { model, engine, modelName, adapter, extra }
    : { fingerprint, engine, modelName };
}

/** Replaces the models of a configuration by what decides their outputs: no path, key, header or patience. */
export function withDecisiveModels<
  Config extends OutsideModel & { judge?: StudyModel & { maxTokens?: number } },
>(config: Config): object {
  const { checkpoint, source, judge, ...rest } = config;
  return {
    ...rest,
    ...(checkpoint && { checkpoint: checkpoint.fingerprint ?? checkpoint }),
    ...(source && { source: decisiveModel(source) }),
    ...(judge && { judge: { ...decisiveModel(judge), maxTokens: judge.maxTokens } }),
  };
}

/** Returns what decides imitation data: the hash of their content, and their kind. */
export function decisiveData({
  kind,
  sources,
  fingerprint,
}: {
  kind: ImitationData;
  sources?: readonly string[];
  fingerprint?: string | null;
}): object {
  return fingerprint == null ? { kind, sources } : { kind, fingerprint };
}

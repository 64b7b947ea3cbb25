import type { Comparison } from '../schema.ts';
import type { ResampleOptions } from '../stats/index.ts';
import { type AlignedTexts, alignedTexts, type ReportRoles } from './aligned.ts';
import { type Conclusion, conclude } from './conclusion.ts';
import { type Content, contentOf } from './content.ts';
import { type BenchmarkRuns, type Knowledge, knowledgeOf } from './knowledge.ts';
import { OwnOverlap } from './own-overlap.ts';
import { type Style, type StyleScale, styleOf, styleScale } from './style.ts';

/** A student's style, content and knowledge, and the conclusion from them. */
export interface StudentMeasures {
  conclusion: Conclusion;
  style: Style;
  content: Content;
  knowledge: Knowledge;
}

/** Measures that students with the same prompts share. */
interface SharedMeasures {
  scale: StyleScale;
  overlap: OwnOverlap;
}

/** Measures the students of a comparison; what is the same for several of them is computed once. */
export class StudentMeter {
  readonly #comparison: Comparison;
  readonly #roles: ReportRoles;
  readonly #options: ResampleOptions;
  /** By the prompts that a student and those beside it answered. */
  readonly #shared = new Map<string, SharedMeasures>();

  /** @param options seed of folds and bootstraps, and number of resamples. */
  constructor(comparison: Comparison, roles: ReportRoles, options: ResampleOptions = {}) {
    this.#comparison = comparison;
    this.#roles = roles;
    this.#options = options;
  }

  /**
   * Measures a student and concludes.
   *
   * @param id of its answers in the comparison.
   * @param runs its results on benchmarks, and those of base and teacher; default none.
   */
  measure(id: string, runs: BenchmarkRuns = { student: [], base: [], teacher: [] }): StudentMeasures {
    const texts = alignedTexts(this.#comparison, this.#roles, id);
    const { scale, overlap } = this.#sharedBy(texts);
    const style = styleOf(texts, scale, this.#options);
    const content = contentOf(overlap, texts, this.#options);
    const knowledge = knowledgeOf(runs, this.#options);
    return { conclusion: conclude(id, { style, content, knowledge }), style, content, knowledge };
  }

  #sharedBy(texts: AlignedTexts): SharedMeasures {
    const { items, teacher } = texts;
    const key = JSON.stringify(items.map(({ promptId }) => promptId));
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const shared = {
      scale: styleScale(texts, this.#options),
      overlap: new OwnOverlap(
        items.map(({ promptId, prompt }) => ({ id: promptId, text: prompt })),
        teacher,
      ),
    };
    this.#shared.set(key, shared);
    return shared;
  }
}

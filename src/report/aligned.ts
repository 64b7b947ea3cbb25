import type { Comparison, ComparisonItem } from '../schema.ts';

/** Ids of a comparison's answers by the part that they play in a report. */
export interface ReportRoles {
  teacher: string;
  base?: string | undefined;
  secondTeacher?: string | undefined;
  students: readonly string[];
}

/** Texts to the same prompts: of a student, and of those beside whom it is measured. */
export interface AlignedTexts {
  items: readonly ComparisonItem[];
  teacher: readonly string[];
  student: readonly string[];
  base?: readonly string[] | undefined;
  secondTeacher?: readonly string[] | undefined;
}

/** Selects the prompts that a student and all those beside whom it is measured answered. */
export function alignedTexts(comparison: Comparison, roles: ReportRoles, student: string): AlignedTexts {
  const { teacher, base, secondTeacher } = roles;
  const needed = [teacher, student, base, secondTeacher].filter(id => id !== undefined);
  const items = comparison.items.filter(({ answers }) => needed.every(id => answers[id] !== undefined));
  const textsOf = (id: string) => items.map(({ answers }) => answers[id]?.text ?? '');
  return {
    items,
    teacher: textsOf(teacher),
    student: textsOf(student),
    base: base === undefined ? undefined : textsOf(base),
    secondTeacher: secondTeacher === undefined ? undefined : textsOf(secondTeacher),
  };
}

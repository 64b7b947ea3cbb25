/** Adds a number to each name that occurred before: `gpt-3.5`, `gpt-3.5 (2)`. */
export function uniqueIds(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map(name => {
    let id = name;
    for (let number = 2; taken.has(id); number++) id = `${name} (${number})`;
    taken.add(id);
    return id;
  });
}

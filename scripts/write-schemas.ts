import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BENCHMARKS, type RegisteredBenchmark } from 'imitation-lab/evaluate';
import { initSchema } from 'imitation-lab/model';

type Properties = Record<string, object>;

/**
 * Writes what registries state into the published schemas, which editors read: into that of `train`'s config the
 * choices and options of all architectures, into that of a study's the names and options of all benchmarks. A schema
 * that states it already is left alone.
 *
 * @param root the project's folder.
 */
export async function writeSchemas(root: string): Promise<void> {
  await writeSchema(root, 'train-config', properties => ({ ...properties, init: initSchema() }));
  await writeSchema(root, 'study-config', properties => ({
    ...properties,
    benchmarks: { ...properties.benchmarks, ...byBenchmark(itemsSchema) },
    benchmarkOptions: { ...properties.benchmarkOptions, ...byBenchmark(optionsSchema) },
  }));
}

/** Changes the properties of `data/NAME.schema.json`, where the change changes any. */
async function writeSchema(
  root: string,
  name: string,
  change: (properties: Properties) => Properties,
): Promise<void> {
  const file = join(root, 'data', `${name}.schema.json`);
  const before = await readFile(file, 'utf8');
  const schema: { properties: Properties } = JSON.parse(before);
  const after = `${JSON.stringify({ ...schema, properties: change(schema.properties) }, null, 2)}\n`;
  if (after !== before) await writeFile(file, after);
}

/** Makes the schema of an object by the names of benchmarks. */
function byBenchmark(schemaOf: (benchmark: RegisteredBenchmark) => object): object {
  const properties = Object.fromEntries(BENCHMARKS.map(benchmark => [benchmark.name, schemaOf(benchmark)]));
  return { additionalProperties: false, properties };
}

function itemsSchema({ title, size }: RegisteredBenchmark): object {
  return { type: 'integer', minimum: 0, description: `items of ${title}, of ${size.items}` };
}

function optionsSchema({ title, options }: RegisteredBenchmark): object {
  const properties = Object.fromEntries(
    Object.entries(options).map(([name, { default: otherwise, description, ...rules }]) => [
      name,
      // A default in words: the benchmark applies it.
      {
        ...rules,
        description: otherwise === undefined ? description : `${description} (default: ${otherwise})`,
      },
    ]),
  );
  return { type: 'object', additionalProperties: false, description: `options of ${title}`, properties };
}

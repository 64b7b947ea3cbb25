import { NamedArguments } from './arguments.ts';
import type { Budget } from './budget.ts';
import { equal, itemAt } from './operators.ts';
import { TemplateError, unsupported } from './template-error.ts';
import { textMethod } from './text-methods.ts';
import {
  type CallArguments,
  Callable,
  type Dict,
  isDict,
  isList,
  itemsOf,
  Loop,
  Markup,
  Namespace,
  numberOf,
  Series,
  stringOf,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

/** Methods that change what they belong to; Jinja2's sandbox has none of them. */
const CHANGING = {
  list: ['append', 'clear', 'extend', 'insert', 'pop', 'remove', 'reverse', 'sort'],
  dict: ['clear', 'pop', 'popitem', 'setdefault', 'update'],
};

/** Evaluates `object.name`: an attribute, else the member of this key. @throws {TemplateError} if the object is undefined. */
export function attributeOf(object: Value, name: string, budget: Budget): Value {
  if (object instanceof Undefined) throw object.error();
  if (/^__.*__$/.test(name)) throw new TemplateError(`the attribute "${name}" must not be read`);
  return attribute(object, name) ?? itemAt(object, name, budget) ?? missing(object, name);
}

/** Evaluates `object[key]`: the member of a key, else an attribute. @throws {TemplateError} if the object is undefined. */
export function memberOf(object: Value, key: Value, budget: Budget): Value {
  if (object instanceof Undefined) throw object.error();
  const found = itemAt(
    object,
    typeof key === 'boolean' ? Number(key) : key instanceof Markup ? key.text : key,
    budget,
  );
  if (found !== undefined) return found;
  const name = stringOf(key);
  if (name !== undefined) {
    if (/^__.*__$/.test(name)) throw new TemplateError(`the attribute "${name}" must not be read`);
    const value = attribute(object, name);
    if (value !== undefined) return value;
  }
  return missing(object, name ?? String(numberOf(key) ?? typeName(key)));
}

function missing(object: Value, name: string): Undefined {
  return new Undefined(`"${name}" of a value of type ${typeName(object)}`);
}

function attribute(object: Value, name: string): Value | undefined {
  if (isDict(object)) return dictMethod(object, name);
  if (isList(object)) return listMethod(object, name);
  if (object instanceof Namespace) return object.attributes.get(name);
  if (object instanceof Loop) return object.get(name);
  if (object instanceof Series)
    return ['index', 'count'].includes(name) ? listMethod(object.items, name) : undefined;
  if (object instanceof Callable) throw unsupported(`the attribute "${name}" of a function`);
  if (object instanceof Markup) throw unsupported(`the method "${name}" of a text of the filter "safe"`);
  const text = stringOf(object);
  if (text !== undefined) return textMethod(text, name);
  if (numberOf(object) !== undefined) throw unsupported(`the attribute "${name}" of a number`);
  return undefined;
}

function method(
  name: string,
  names: readonly string[],
  call: (args: NamedArguments, budget: Budget) => Value,
): Callable {
  return new Callable(name, (args: CallArguments, budget) =>
    call(new NamedArguments(name, args, names), budget),
  );
}

function dictMethod(dict: Dict, name: string): Value | undefined {
  const view = (kind: 'dict_keys' | 'dict_values' | 'dict_items', items: () => readonly Value[]) =>
    method(name, [], (_, budget) => {
      budget.spendItems(dict.size);
      return new Series(kind, items());
    });
  switch (name) {
    case 'get':
      return method(
        name,
        ['key', 'default'],
        (args, budget) => itemAt(dict, args.required('key'), budget) ?? args.value('default') ?? null,
      );
    case 'keys':
      return view('dict_keys', () => [...dict.keys()]);
    case 'values':
      return view('dict_values', () => [...dict.values()]);
    case 'items':
      return view('dict_items', () => [...dict].map(entry => new Series('tuple', entry)));
    case 'copy':
      return method(name, [], () => new Map(dict));
    case 'fromkeys':
      throw unsupported('the method "fromkeys" of a dict');
    default:
      return CHANGING.dict.includes(name) ? forbidden(name, 'dict') : undefined;
  }
}

function listMethod(items: readonly Value[], name: string): Value | undefined {
  switch (name) {
    case 'count':
      return method(
        name,
        ['value'],
        (args, budget) =>
          itemsOf(items, budget).filter(item => equal(item, args.required('value'), budget)).length,
      );
    case 'index':
      return method(name, ['value'], (args, budget) => {
        const at = itemsOf(items, budget).findIndex(item => equal(item, args.required('value'), budget));
        if (at >= 0) return at;
        throw new TemplateError('index requires a value that is in the list');
      });
    case 'copy':
      return method(name, [], () => items);
    default:
      return CHANGING.list.includes(name) ? forbidden(name, 'list') : undefined;
  }
}

/** The sandbox's attribute: undefined, and an error where it is called. */
function forbidden(name: string, type: string): Undefined {
  return new Undefined(`the method "${name}", which changes a ${type},`);
}

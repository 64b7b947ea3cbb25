import type { Budget } from './budget.ts';
import { call, evaluate, evaluateArguments } from './evaluate.ts';
import { applyFilter } from './filters.ts';
import { loopState } from './loop-state.ts';
import { macroArguments } from './macro-arguments.ts';
import type { Expression, FilterUse, ForStatement, Parameters, Statement, Target } from './nodes.ts';
import { Output } from './output.ts';
import { textOf } from './python-text.ts';
import { Scope } from './scope.ts';
import { TemplateError } from './template-error.ts';
import { Callable, itemsOf, Namespace, truthy, typeName, type Value } from './values.ts';

/** Range of UTF-16 units in a rendered text. */
export interface TextSpan {
  start: number;
  end: number;
}

/** Text that a loop over the messages wrote at one of them. */
export interface MessageSpan extends TextSpan {
  /** Index of the message. */
  message: number;
}

/** Statement that ended the body of a loop before its end. */
type Leap = 'break' | 'continue' | undefined;

/** One rendering of a template: the text so far, and where in it the assistant's text and each message is. */
export class Renderer {
  readonly generations: TextSpan[] = [];
  readonly messageSpans: MessageSpan[] = [];
  readonly #root: Output;
  readonly #budget: Budget;
  readonly #messages: ReadonlyMap<Value, number>;
  #output: Output;

  /** @param messages the messages, as the template sees them. */
  constructor(messages: readonly Value[], budget: Budget) {
    this.#budget = budget;
    this.#messages = new Map(messages.map((message, i) => [message, i]));
    this.#root = new Output(budget);
    this.#output = this.#root;
  }

  render(body: readonly Statement[], scope: Scope): string {
    this.#runAll(body, scope);
    return this.#root.text();
  }

  #runAll(body: readonly Statement[], scope: Scope): Leap {
    for (const statement of body) {
      const leap = this.#run(statement, scope);
      if (leap) return leap;
    }
    return undefined;
  }

  #run(statement: Statement, scope: Scope): Leap {
    this.#budget.step();
    switch (statement.type) {
      case 'text':
        this.#output.write(statement.text);
        return undefined;
      case 'output':
        this.#output.write(textOf(this.#value(statement.value, scope), this.#budget));
        return undefined;
      case 'if': {
        const branch = statement.branches.find(({ test }) => truthy(this.#value(test, scope)));
        return this.#runAll(branch?.body ?? statement.otherwise, scope);
      }
      case 'for':
        this.#loop(statement, this.#value(statement.over, scope), scope, 1);
        return undefined;
      case 'set':
        this.#assign(statement.target, this.#value(statement.value, scope), scope);
        return undefined;
      case 'capture': {
        const text = this.#captured(statement.body, new Scope(scope));
        this.#assign(statement.target, this.#filtered(text, statement.filters, scope), scope);
        return undefined;
      }
      case 'macro':
        scope.set(statement.name, this.#macro(statement.name, statement.parameters, statement.body, scope));
        return undefined;
      case 'callBlock': {
        const { parameters, body } = statement;
        if (statement.call.type !== 'call') throw new TemplateError('a call is expected');
        const { callee, args } = statement.call;
        const given = evaluateArguments(args, scope, this.#budget);
        const caller = this.#macro('caller', parameters, body, scope);
        const named = new Map([...given.named, ['caller', caller]]);
        const value = call(this.#value(callee, scope), { positional: given.positional, named }, this.#budget);
        this.#output.write(textOf(value, this.#budget));
        return undefined;
      }
      case 'filterBlock': {
        const text = this.#captured(statement.body, new Scope(scope));
        this.#output.write(textOf(this.#filtered(text, statement.filters, scope), this.#budget));
        return undefined;
      }
      case 'with': {
        const inner = new Scope(scope);
        for (const { target, value } of statement.bindings)
          this.#assign(target, this.#value(value, scope), inner);
        return this.#runAll(statement.body, inner);
      }
      case 'generation':
        this.#generation(statement.body, scope);
        return undefined;
      case 'break':
      case 'continue':
        return statement.type;
    }
  }

  #value(expression: Expression, scope: Scope): Value {
    return evaluate(expression, scope, this.#budget);
  }

  /** Counts the span from what is at the root, as Transformers does: text within a macro is not there yet. */
  #generation(body: readonly Statement[], scope: Scope): void {
    const start = this.#root.length;
    const text = this.#captured(body, new Scope(scope));
    this.generations.push({ start, end: start + text.length });
    this.#output.write(text);
  }

  #captured(body: readonly Statement[], scope: Scope): string {
    const outer = this.#output;
    this.#output = new Output(this.#budget);
    try {
      this.#runAll(body, scope);
      return this.#output.text();
    } finally {
      this.#output = outer;
    }
  }

  #filtered(text: string, filters: readonly FilterUse[], scope: Scope): Value {
    return filters.reduce<Value>(
      (value, { name, args }) =>
        applyFilter(name, value, evaluateArguments(args, scope, this.#budget), this.#budget),
      text,
    );
  }

  #macro(name: string, parameters: Parameters, body: readonly Statement[], scope: Scope): Callable {
    return new Callable(name, (args, budget) =>
      budget.nested(() => {
        const inner = new Scope(scope);
        macroArguments(name, parameters, body, args, inner, budget);
        return this.#captured(body, inner);
      }),
    );
  }

  #loop(statement: ForStatement, over: Value, scope: Scope, depth: number): void {
    const { target, condition, body, otherwise } = statement;
    const all = itemsOf(over, this.#budget);
    const items = condition
      ? all.filter(item => {
          const inner = new Scope(scope);
          this.#assign(target, item, inner);
          return truthy(this.#value(condition, inner));
        })
      : all;
    if (items.length === 0) {
      this.#runAll(otherwise, new Scope(scope));
      return;
    }
    const recurse = statement.recursive
      ? new Callable('loop', ({ positional }, budget) =>
          budget.nested(() => this.#recursed(statement, positional[0] ?? null, scope, depth + 1)),
        )
      : undefined;
    const loopAt = loopState(items, depth, this.#budget);
    for (const [index, item] of items.entries()) {
      this.#budget.step();
      const inner = new Scope(scope);
      inner.set('loop', loopAt(index, recurse));
      this.#assign(target, item, inner);
      const start = this.#root.length;
      const leap = this.#runAll(body, inner);
      const message = this.#messages.get(item);
      if (message !== undefined && this.#root.length > start)
        this.messageSpans.push({ message, start, end: this.#root.length });
      if (leap === 'break') return;
    }
  }

  #recursed(statement: ForStatement, over: Value, scope: Scope, depth: number): string {
    const outer = this.#output;
    this.#output = new Output(this.#budget);
    try {
      this.#loop(statement, over, scope, depth);
      return this.#output.text();
    } finally {
      this.#output = outer;
    }
  }

  #assign(target: Target, value: Value, scope: Scope): void {
    if (target.type === 'name') scope.set(target.name, value);
    else if (target.type === 'attribute') {
      const object = scope.get(target.object);
      if (!(object instanceof Namespace)) {
        const found = object === undefined ? 'undefined' : typeName(object);
        throw new TemplateError(`attributes can be set of a namespace only, "${target.object}" is ${found}`);
      }
      if (target.name.startsWith('_'))
        throw new TemplateError(`the attribute "${target.name}" must not be set`);
      object.attributes.set(target.name, value);
    } else {
      const items = itemsOf(value, this.#budget);
      if (items.length !== target.targets.length)
        throw new TemplateError(`${target.targets.length} names cannot be set to ${items.length} values`);
      for (const [i, inner] of target.targets.entries()) this.#assign(inner, items[i] ?? null, scope);
    }
  }
}

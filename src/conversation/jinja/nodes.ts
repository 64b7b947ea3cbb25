/** Expression of Jinja. */
export type Expression =
  | { type: 'constant'; value: null | boolean | number | string }
  | { type: 'float'; value: number }
  | { type: 'name'; name: string }
  | { type: 'list' | 'tuple'; items: readonly Expression[] }
  | { type: 'dict'; entries: readonly (readonly [Expression, Expression])[] }
  | { type: 'attribute'; object: Expression; name: string }
  | { type: 'item'; object: Expression; key: Expression }
  | { type: 'slice'; object: Expression; start?: Expression; stop?: Expression; step?: Expression }
  | { type: 'call'; callee: Expression; args: Arguments }
  | { type: 'filter'; input: Expression; name: string; args: Arguments }
  | { type: 'test'; input: Expression; name: string; args: Arguments }
  | { type: 'unary'; operator: '-' | '+' | 'not'; operand: Expression }
  | { type: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { type: 'logical'; operator: 'and' | 'or'; left: Expression; right: Expression }
  | { type: 'compare'; first: Expression; rest: readonly { operator: Comparison; right: Expression }[] }
  | { type: 'concat'; parts: readonly Expression[] }
  | { type: 'conditional'; test: Expression; value: Expression; otherwise?: Expression };

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** Arguments of a call, a filter or a test. */
export interface Arguments {
  positional: readonly Expression[];
  named: readonly { name: string; value: Expression }[];
  /** List that `*` spreads. */
  spread?: Expression;
  /** Dict that `**` spreads. */
  namedSpread?: Expression;
}

/** Names that a `set` or a `for` assigns to. */
export type Target =
  | { type: 'name'; name: string }
  | { type: 'tuple'; targets: readonly Target[] }
  | { type: 'attribute'; object: string; name: string };

/** Parameters of a macro, the last ones with defaults. */
export interface Parameters {
  names: readonly string[];
  defaults: readonly Expression[];
}

/** Applied filter, such as that of a `filter` block. */
export interface FilterUse {
  name: string;
  args: Arguments;
}

/** Statement of Jinja, or text. */
export type Statement =
  | { type: 'text'; text: string }
  | { type: 'output'; value: Expression }
  | { type: 'if'; branches: readonly { test: Expression; body: Statement[] }[]; otherwise: Statement[] }
  | ForStatement
  | { type: 'set'; target: Target; value: Expression }
  | { type: 'capture'; target: Target; filters: readonly FilterUse[]; body: Statement[] }
  | { type: 'macro'; name: string; parameters: Parameters; body: Statement[] }
  | { type: 'callBlock'; parameters: Parameters; call: Expression; body: Statement[] }
  | { type: 'filterBlock'; filters: readonly FilterUse[]; body: Statement[] }
  | { type: 'with'; bindings: readonly { target: Target; value: Expression }[]; body: Statement[] }
  | { type: 'generation'; body: Statement[] }
  | { type: 'break' }
  | { type: 'continue' };

export interface ForStatement {
  type: 'for';
  target: Target;
  over: Expression;
  condition?: Expression;
  recursive: boolean;
  body: Statement[];
  otherwise: Statement[];
}

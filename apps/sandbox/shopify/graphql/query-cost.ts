import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  OperationTypeNode,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What the cost of an operation is worked out from. */
export interface CostedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const COUNT_COST = 10;
const CONNECTION_COST = 2;
const MUTATION_COST = 10;
/**
 * Objects that cost nothing. Money is one of them: 22 of the 25 recorded queries with money fields cost exactly what this gives, and
 * none of them what counting money as objects gives.
 */
const FREE: ReadonlySet<string> = new Set(['PageInfo', 'MoneyBag', 'MoneyV2']);

/** How often a page of `rows` pays for its row; fitted to recorded exchanges, not published. */
function rowFactor(rows: number): number {
  return rows <= 2 ? rows : Math.max(2, Math.floor(2 * Math.log(rows)));
}

type Fields = Map<string, FieldNode[]>;

/** Walks one operation. With a result it prices what was answered, without one what was asked. */
class CostWalk {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    readonly input: CostedOperation,
    /** Without a result: what is asked. With one, whatever is missing in it costs nothing. */
    readonly asking: boolean,
  ) {
    const fragments = input.document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  selections(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], result: unknown): number {
    if (!isAbstractType(type)) return this.#object(type, sets, result);
    const costs = this.input.schema.getPossibleTypes(type).map((concrete) => this.#object(concrete, sets, result));
    return Math.max(0, ...costs);
  }

  #object(type: GraphQLObjectType, sets: readonly SelectionSetNode[], result: unknown): number {
    const fields: Fields = new Map();
    this.#collect(type, sets, fields);
    let cost = 0;
    for (const [key, nodes] of fields)
      cost += this.#field(type, nodes, this.asking ? undefined : memberOf(result, key));
    return cost;
  }

  #collect(type: GraphQLObjectType, sets: readonly SelectionSetNode[], into: Fields): void {
    for (const selection of sets.flatMap((set) => set.selections)) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        into.set(key, [...(into.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
      if (fragment !== undefined && this.#applies(type, fragment.typeCondition?.name.value)) {
        this.#collect(type, [fragment.selectionSet], into);
      }
    }
  }

  #applies(type: GraphQLObjectType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.input.schema.getType(condition);
    return isAbstractType(wanted) && this.input.schema.isSubType(wanted, type);
  }

  #field(parent: GraphQLObjectType, nodes: readonly FieldNode[], result: unknown): number {
    const definition = parent.getFields()[nodes[0]?.name.value ?? ''];
    const type = definition && getNamedType(definition.type);
    if (!isCompositeType(type) || FREE.has(type.name) || result === null) return 0;
    if (type.name === 'Count') return COUNT_COST;
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    if (isObjectType(type) && type.name.endsWith('Connection')) return this.#connection(type, nodes, sets, result);
    if (!Array.isArray(result)) return 1 + this.selections(type, sets, result);
    return result.length === 0 ? 0 : 1 + Math.max(...result.map((one) => this.selections(type, sets, one)));
  }

  #connection(
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    sets: readonly SelectionSetNode[],
    result: unknown,
  ): number {
    const nodeType = type.getFields()['nodes'];
    const row = nodeType && getNamedType(nodeType.type);
    if (!isCompositeType(row)) return CONNECTION_COST;
    const rowSets = this.#rowSets(type, sets);
    if (this.asking) {
      const rows = this.#pageSize(nodes[0]);
      return CONNECTION_COST + rowFactor(rows) * (1 + this.selections(row, rowSets, undefined));
    }
    const rows = rowsOf(result);
    const dearest = Math.max(0, ...rows.map((one) => this.selections(row, rowSets, one)));
    return CONNECTION_COST + rowFactor(rows.length) * (1 + dearest);
  }

  /** What is selected of a row, under `nodes` as well as under `edges { node }`. */
  #rowSets(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): readonly SelectionSetNode[] {
    const fields: Fields = new Map();
    this.#collect(type, sets, fields);
    const all = [...fields.values()].flat();
    const below = (name: string, list: readonly FieldNode[]): readonly SelectionSetNode[] =>
      list.flatMap((field) => (field.name.value === name && field.selectionSet ? [field.selectionSet] : []));
    const edgeFields = below('edges', all).flatMap((set) => set.selections.filter((one) => one.kind === Kind.FIELD));
    return [...below('nodes', all), ...below('node', edgeFields)];
  }

  #pageSize(field: FieldNode | undefined): number {
    const size = ['first', 'last'].map((name): unknown => {
      const argument = field?.arguments?.find((one) => one.name.value === name);
      return argument && valueFromASTUntyped(argument.value, this.input.variables);
    });
    const given = size.find((value) => typeof value === 'number');
    return given === undefined ? 0 : Math.max(0, given);
  }
}

function memberOf(result: unknown, key: string): unknown {
  if (typeof result !== 'object' || result === null) return null;
  const value: unknown = Reflect.get(result, key);
  return value ?? null;
}

function rowsOf(result: unknown): readonly unknown[] {
  const nodes = memberOf(result, 'nodes');
  if (Array.isArray(nodes)) return nodes;
  const edges = memberOf(result, 'edges');
  return Array.isArray(edges) ? edges.map((edge) => memberOf(edge, 'node')) : [];
}

/**
 * The points of an operation by the cost model fitted to recorded exchanges: an object or plain list 1, a count 10, a connection 2 plus
 * its rows' share, scalars and money nothing.
 * @param data the answer's data; absent = the cost of asking, before anything is executed
 */
export function queryCost(operation: CostedOperation, data?: unknown): number {
  // Fitted like the rest: a mutation costs the same whatever is selected of its answer.
  if (operation.operation.operation === OperationTypeNode.MUTATION) {
    return MUTATION_COST * operation.operation.selectionSet.selections.length;
  }
  const root = operation.schema.getQueryType();
  if (!root) return 0;
  return new CostWalk(operation, data === undefined).selections(root, [operation.operation.selectionSet], data);
}

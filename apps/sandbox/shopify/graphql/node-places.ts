import {
  getNamedType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';

/** Where a node stands, in Shopify's words. */
export interface NodePlace {
  /** e.g. `["query Orders", "orders", "nodes", "name"]`. */
  readonly path: readonly string[];
  /** The type a field is selected on. */
  readonly parentType: string | undefined;
  /** The named type a field or argument value has. */
  readonly type: string | undefined;
  /** The same with its `!` and `[]`. */
  readonly inputType: string | undefined;
  /** The field an argument or argument value belongs to. */
  readonly field: string | undefined;
  readonly argument: string | undefined;
  /** The variable whose declaration it is part of. */
  readonly variable: string | undefined;
}

function step(node: ASTNode): string | undefined {
  if (node.kind === Kind.FIELD) return node.alias?.value ?? node.name.value;
  if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return node.name.value;
  if (node.kind === Kind.FRAGMENT_SPREAD) return `... ${node.name.value}`;
  if (node.kind === Kind.FRAGMENT_DEFINITION) return `fragment ${node.name.value}`;
  if (node.kind === Kind.INLINE_FRAGMENT) return node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...';
  if (node.kind === Kind.OPERATION_DEFINITION)
    return node.name ? `${node.operation} ${node.name.value}` : node.operation;
  return undefined;
}

class PlaceKeeper {
  readonly places = new Map<ASTNode, NodePlace>();
  readonly #path: string[] = [];
  readonly #fields: string[] = [];
  #variable: string | undefined;

  constructor(readonly info: TypeInfo) {}

  enter(node: ASTNode): void {
    const own = step(node);
    if (own !== undefined) this.#path.push(own);
    if (node.kind === Kind.FIELD) this.#fields.push(node.name.value);
    if (node.kind === Kind.VARIABLE_DEFINITION) this.#variable = node.variable.name.value;
    this.places.set(node, this.#place(node));
  }

  leave(node: ASTNode): void {
    if (step(node) !== undefined) this.#path.pop();
    if (node.kind === Kind.FIELD) this.#fields.pop();
    if (node.kind === Kind.VARIABLE_DEFINITION) this.#variable = undefined;
  }

  #place(node: ASTNode): NodePlace {
    const type = node.kind === Kind.FIELD ? this.info.getType() : this.info.getInputType();
    return {
      path: [...this.#path],
      parentType: this.info.getParentType()?.name,
      type: type ? getNamedType(type).name : undefined,
      inputType: this.info.getInputType()?.toString(),
      field: this.#fields.at(-1),
      argument: this.info.getArgument()?.name,
      variable: this.#variable,
    };
  }
}

/** Notes the place of every node of a document. */
export function nodePlaces(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<ASTNode, NodePlace> {
  const keeper = new PlaceKeeper(new TypeInfo(schema));
  const visitor = { enter: (node: ASTNode) => keeper.enter(node), leave: (node: ASTNode) => keeper.leave(node) };
  visit(document, visitWithTypeInfo(keeper.info, visitor));
  return keeper.places;
}

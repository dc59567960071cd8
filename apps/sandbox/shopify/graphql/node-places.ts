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
  switch (node.kind) {
    case Kind.OPERATION_DEFINITION:
      return node.name === undefined ? node.operation : `${node.operation} ${node.name.value}`;
    case Kind.FRAGMENT_DEFINITION:
      return `fragment ${node.name.value}`;
    case Kind.FIELD:
      return node.alias?.value ?? node.name.value;
    case Kind.INLINE_FRAGMENT:
      return node.typeCondition === undefined ? '...' : `... on ${node.typeCondition.name.value}`;
    case Kind.FRAGMENT_SPREAD:
      return `... ${node.name.value}`;
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
      return node.name.value;
    default:
      return undefined;
  }
}

/** Notes the place of every node of a document. */
export function nodePlaces(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<ASTNode, NodePlace> {
  const places = new Map<ASTNode, NodePlace>();
  const info = new TypeInfo(schema);
  const path: string[] = [];
  const fields: string[] = [];
  let variable: string | undefined;
  const typeOf = (node: ASTNode): string | undefined => {
    const type = node.kind === Kind.FIELD ? info.getType() : info.getInputType();
    return type ? getNamedType(type).name : undefined;
  };
  const visitor = {
    enter(node: ASTNode): void {
      const own = step(node);
      if (own !== undefined) path.push(own);
      if (node.kind === Kind.FIELD) fields.push(node.name.value);
      if (node.kind === Kind.VARIABLE_DEFINITION) variable = node.variable.name.value;
      places.set(node, {
        path: [...path],
        parentType: info.getParentType()?.name,
        type: typeOf(node),
        inputType: info.getInputType()?.toString(),
        field: fields.at(-1),
        argument: info.getArgument()?.name,
        variable,
      });
    },
    leave(node: ASTNode): void {
      if (step(node) !== undefined) path.pop();
      if (node.kind === Kind.FIELD) fields.pop();
      if (node.kind === Kind.VARIABLE_DEFINITION) variable = undefined;
    },
  };
  visit(document, visitWithTypeInfo(info, visitor));
  return places;
}

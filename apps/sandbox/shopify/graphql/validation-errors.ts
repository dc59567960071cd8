import {
  GraphQLError,
  Kind,
  print,
  specifiedRules,
  validate,
  visit,
  type ASTNode,
  type ArgumentNode,
  type DocumentNode,
  type GraphQLSchema,
  type IntValueNode,
  type StringValueNode,
} from 'graphql';
import { isGid } from '../views/gid.js';
import { nodePlaces, type NodePlace } from './node-places.js';

/** An error of a document that cannot be executed, as Shopify prints it. */
export interface DocumentError {
  readonly message: string;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
  readonly path?: readonly string[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

interface Found {
  readonly node: ASTNode;
  readonly place: NodePlace;
  readonly error: GraphQLError;
}

type Shape = Pick<DocumentError, 'message' | 'extensions'>;
type Shaper = (found: Found) => Shape;

const MOST_ERRORS = 50;

const shape = (code: string, message: string, more: Record<string, unknown> = {}): Shape => ({
  message,
  extensions: { code, ...more },
});

/** The name inside a node that has one. */
function nameOf(node: ASTNode): string {
  if (node.kind === Kind.VARIABLE_DEFINITION) return node.variable.name.value;
  if (node.kind === Kind.OPERATION_DEFINITION) return node.name?.value ?? '';
  return 'name' in node ? node.name.value : '';
}

function selectionMismatch({ node, place }: Found): Shape {
  const name = nameOf(node);
  const more = { nodeName: `field '${name}'`, typeName: place.type ?? '' };
  const selected =
    node.kind === Kind.FIELD && node.selectionSet ? node.selectionSet.selections.map((one) => print(one)) : [];
  const message =
    selected.length === 0
      ? `Field must have selections (field '${name}' returns ${more.typeName} but has no selections. Did you mean '${name} { ... }'?)`
      : `Selections can't be made on scalars (field '${name}' returns ${more.typeName} but has selections [${selected.map((one) => JSON.stringify(one)).join(', ')}])`;
  return shape('selectionMismatch', message, more);
}

function wrongLiteral({ node, place }: Found): Shape {
  const more = { typeName: 'Field', argumentName: place.argument ?? '' };
  const message = `Argument '${more.argumentName}' on Field '${place.field ?? ''}' has an invalid value (${print(node)}). Expected type '${place.inputType ?? ''}'.`;
  return shape('argumentLiteralsIncompatible', message, more);
}

/** graphql-js names what is missing only in its message: `argument "id" of type`. */
function missingArguments({ node, error }: Found): Shape {
  const [, missing = ''] = /argument "([^"]+)"/.exec(error.message) ?? [];
  const name = nameOf(node);
  const more = { className: 'Field', name, arguments: missing };
  return shape('missingRequiredArguments', `Field '${name}' is missing required arguments: ${missing}`, more);
}

function unknownType({ node, place }: Found): Shape {
  const typeName = nameOf(node);
  const { variable: variableName } = place;
  if (variableName === undefined) {
    return shape('undefinedType', `No such type ${typeName}, so it can't be a fragment condition`, { typeName });
  }
  const message = `${typeName} isn't a defined input type (on $${variableName})`;
  return shape('variableRequiresValidType', message, { typeName, variableName });
}

function mismatch({ node, error }: Found): Shape {
  const variableName = nameOf(node);
  const [, given = '', wanted = ''] =
    /of type "([^"]+)" used in position expecting type "([^"]+)"/.exec(error.message) ?? [];
  const message = `Type mismatch on variable $${variableName} (${given} / ${wanted})`;
  return shape('variableMismatch', message, { variableName, typeName: given, errorMessage: 'Type mismatch' });
}

/**
 * How each rule's errors look at Shopify. The shapes of undefinedField, selectionMismatch and missingRequiredArguments are recorded
 * from the Admin API; the others are those of the library it is built on (graphql-ruby).
 */
const SHAPERS: Readonly<Record<string, Shaper>> = {
  FieldsOnCorrectTypeRule: ({ node, place }) => {
    const [fieldName, typeName] = [nameOf(node), place.parentType ?? ''];
    return shape('undefinedField', `Field '${fieldName}' doesn't exist on type '${typeName}'`, { typeName, fieldName });
  },
  KnownArgumentNamesRule: ({ node, place }) => {
    const [argumentName, name] = [nameOf(node), place.field ?? ''];
    const more = { name, typeName: 'Field', argumentName };
    return shape('argumentNotAccepted', `Field '${name}' doesn't accept argument '${argumentName}'`, more);
  },
  ProvidedRequiredArgumentsRule: missingArguments,
  ScalarLeafsRule: selectionMismatch,
  ValuesOfCorrectTypeRule: wrongLiteral,
  KnownTypeNamesRule: unknownType,
  VariablesInAllowedPositionRule: mismatch,
  NoUndefinedVariablesRule: ({ node, place }) => {
    const variableName = nameOf(node);
    const operation = place.path[0]?.split(' ')[1] ?? 'anonymous query';
    const message = `Variable $${variableName} is used by ${operation} but not declared`;
    return shape('variableNotDefined', message, { variableName });
  },
  NoUnusedVariablesRule: ({ node, place }) => {
    const variableName = nameOf(node);
    const operation = place.path[0]?.split(' ')[1] ?? 'anonymous query';
    const message = `Variable $${variableName} is declared by ${operation} but not used`;
    return shape('variableNotUsed', message, { variableName });
  },
  NoUnusedFragmentsRule: ({ node }) => {
    const fragmentName = nameOf(node);
    return shape('useAndDefineFragment', `Fragment ${fragmentName} was defined, but not used`, { fragmentName });
  },
  KnownFragmentNamesRule: ({ error }) => {
    const [, fragmentName = ''] = /"([^"]+)"/.exec(error.message) ?? [];
    return shape('useAndDefineFragment', `Fragment ${fragmentName} was used, but not defined`, { fragmentName });
  },
  NoFragmentCyclesRule: ({ node }) => {
    const fragmentName = nameOf(node);
    return shape('infiniteLoop', `Fragment ${fragmentName} contains an infinite loop`, { fragmentName });
  },
  KnownDirectivesRule: ({ node }) => {
    const directiveName = nameOf(node);
    return shape('undefinedDirective', `Directive @${directiveName} is not defined`, { directiveName });
  },
};

function otherRule(rule: string): Shaper {
  const code = rule.replace(/Rule$/, '').replace(/^./, (first) => first.toLowerCase());
  return ({ error }) => shape(code, error.message);
}

function locationsOf(error: GraphQLError): DocumentError['locations'] {
  return (error.locations ?? []).slice(0, 1).map(({ line, column }) => ({ line, column }));
}

/** Shopify's ids are checked while the document is read: a text that is no global id is a wrong literal. */
function wrongIds(places: ReadonlyMap<ASTNode, NodePlace>, document: DocumentNode): readonly DocumentError[] {
  const errors: DocumentError[] = [];
  const check = (node: StringValueNode | IntValueNode): void => {
    const place = places.get(node);
    if (place?.type !== 'ID' || isGid(node.value)) return;
    const extensions = { code: 'argumentLiteralsIncompatible', typeName: 'CoercionError' };
    const locations = locationsOf(new GraphQLError('', { nodes: node }));
    errors.push({ message: `Invalid global id '${node.value}'`, locations, path: place.path, extensions });
  };
  visit(document, { Argument: (argument: ArgumentNode) => visit(argument, { StringValue: check, IntValue: check }) });
  return errors;
}

/**
 * Checks a document against the schema.
 * @returns the errors as Shopify prints them; empty when it can be executed
 */
export function validationErrors(schema: GraphQLSchema, document: DocumentNode): readonly DocumentError[] {
  const places = nodePlaces(schema, document);
  // Rule by rule only when something is wrong: that is how an error's rule is known, and it costs a walk per rule.
  const rules = validate(schema, document, specifiedRules, { maxErrors: 1 }).length === 0 ? [] : specifiedRules;
  const nowhere: NodePlace = {
    path: [],
    parentType: undefined,
    type: undefined,
    inputType: undefined,
    field: undefined,
    argument: undefined,
    variable: undefined,
  };
  const found = rules.flatMap((rule) =>
    validate(schema, document, [rule], { maxErrors: MOST_ERRORS }).map((error): DocumentError => {
      const node = error.nodes?.[0] ?? document;
      const place = places.get(node) ?? nowhere;
      const shaper = SHAPERS[rule.name] ?? otherRule(rule.name);
      return { ...shaper({ node, place, error }), locations: locationsOf(error), path: place.path };
    }),
  );
  return [...found, ...wrongIds(places, document)].slice(0, MOST_ERRORS);
}

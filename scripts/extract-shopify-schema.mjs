// Writes apps/sandbox/shopify/schema-extract.ts and the files it is made of: the part of the Admin schema of Shopify that the given
// documents reach, and the access scopes that part asks for. An invalid query then fails in the sandbox as it would fail at Shopify,
// without the whole schema being part of this repository. Descriptions and deprecation reasons are left out.
//
// usage: node scripts/extract-shopify-schema.mjs [--check] [full-schema.json.gz] [document.graphql ...]
//   --check writes nothing and fails when a file is not up to date
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  concatAST,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isScalarType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  isUnionType,
  parse,
  TypeInfo,
  validate,
  specifiedRules,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const DEFAULT_SCHEMA = resolve(root, '../shared/specs/shopify/admin_2026-10.json.gz');
const SERVED = join(root, 'apps/sandbox/shopify/served');
const DEFAULT_DOCUMENTS = readdirSync(SERVED)
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((name) => join(SERVED, name));
const TARGET = join(root, 'apps/sandbox/shopify/schema-extract.ts');
/** The extract is cut into files of a readable length. */
const PARTS = join(root, 'apps/sandbox/shopify/schema-extract');
const WIDTH = 118;

/** Reads `{ data: { __schema }, offline_scopes }`, gzipped. */
function readFullSchema(path) {
  const { data, offline_scopes: scopes } = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'));
  return { schema: buildClientSchema(data), scopes: scopes.items };
}

/** Parses and validates the documents against the full schema. Fragments may be left over: documents are read together. */
function readDocuments(schema, paths) {
  const document = concatAST(paths.map((path) => parse(readFileSync(path, 'utf8'))));
  const rules = specifiedRules.filter(({ name }) => name !== 'NoUnusedFragmentsRule');
  const errors = validate(schema, document, rules);
  if (errors.length > 0) throw new Error(errors.map(String).join('\n'));
  return document;
}

class Reached {
  fields = new Map();
  members = new Map();

  type(type) {
    const named = getNamedType(type);
    if (named.name.startsWith('__') || isSpecifiedScalarType(named)) return;
    if (!this.fields.has(named.name)) this.fields.set(named.name, new Map());
  }

  field(parent, field) {
    this.type(parent);
    this.type(field.type);
    const fields = this.fields.get(parent.name);
    if (!fields.has(field.name)) fields.set(field.name, new Set());
    for (const argument of field.args ?? []) if (isRequiredArgument(argument)) this.argument(parent, field, argument);
  }

  argument(parent, field, argument) {
    this.input(argument.type);
    this.fields.get(parent.name).get(field.name).add(argument.name);
  }

  input(type) {
    const named = getNamedType(type);
    this.type(named);
    if (!isInputObjectType(named)) return;
    for (const field of Object.values(named.getFields()))
      if (isRequiredInputField(field)) this.inputField(named, field);
  }

  inputField(parent, field) {
    this.type(parent);
    const fields = this.fields.get(parent.name);
    if (fields.has(field.name)) return;
    fields.set(field.name, new Set());
    this.input(field.type);
  }

  member(abstract, concrete) {
    this.type(abstract);
    this.type(concrete);
    if (!this.members.has(abstract.name)) this.members.set(abstract.name, new Set());
    this.members.get(abstract.name).add(concrete.name);
  }
}

function reach(schema, document) {
  const reached = new Reached();
  const info = new TypeInfo(schema);
  reached.type(schema.getQueryType());
  const enter = {
    Field() {
      const parent = info.getParentType();
      const field = info.getFieldDef();
      if (parent && field && !field.name.startsWith('__')) reached.field(parent, field);
    },
    Argument() {
      const field = info.getFieldDef();
      const argument = info.getArgument();
      if (field && argument) reached.argument(info.getParentType(), field, argument);
    },
    ObjectField(node) {
      const parent = getNamedType(info.getParentInputType());
      if (isInputObjectType(parent)) reached.inputField(parent, parent.getFields()[node.name.value]);
    },
    InlineFragment() {
      const outer = getNamedType(info.getParentType());
      const type = getNamedType(info.getType());
      if (outer !== type && (isUnionType(outer) || isInterfaceType(outer))) reached.member(outer, type);
    },
  };
  // An inline fragment's own type is on top of the stack when it is entered, and its parent right below.
  visit(document, visitWithTypeInfo(info, { enter: (node) => enter[node.kind]?.(node) }));
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') reached.type(schema.getType(definition.typeCondition.name.value));
  }
  return reached;
}

const quoted = (value) => (value === undefined ? '' : ` = ${printDefault(value)}`);

function printDefault(value) {
  if (typeof value === 'string' && /^[A-Z][A-Z0-9_]*$/.test(value)) return value;
  if (Array.isArray(value)) return `[${value.map(printDefault).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${name}: ${printDefault(each)}`)
    .join(', ')} }`;
}

function printArguments(field, kept) {
  const list = field.args
    .filter(({ name }) => kept.has(name))
    .map((argument) => `${argument.name}: ${argument.type}${quoted(argument.defaultValue)}`);
  return list.length === 0 ? '' : `(${list.join(', ')})`;
}

const deprecated = ({ deprecationReason }) => (deprecationReason ? ' @deprecated' : '');

/** `head { member member }`, broken into lines of a readable width. */
function block(head, members) {
  const lines = [`${head} {`];
  for (const member of [...members, '}']) {
    const longer = `${lines.at(-1)} ${member}`;
    if (longer.length > WIDTH) lines.push(member === '}' ? member : `  ${member}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}

function printType(type, reached) {
  const fields = reached.fields.get(type.name);
  if (isScalarType(type)) return `scalar ${type.name}`;
  if (isEnumType(type)) {
    const values = type.getValues().map((value) => value.name + deprecated(value));
    return block(`enum ${type.name}`, values);
  }
  if (isUnionType(type)) return `union ${type.name} = ${[...reached.members.get(type.name)].sort().join(' | ')}`;
  const kept = Object.values(type.getFields()).filter(({ name }) => fields.has(name));
  if (isInputObjectType(type)) {
    const lines = kept.map((field) => `${field.name}: ${field.type}${quoted(field.defaultValue)}`);
    return block(`input ${type.name}${type.isOneOf ? ' @oneOf' : ''}`, lines);
  }
  const lines = kept.map((f) => `${f.name}${printArguments(f, fields.get(f.name))}: ${f.type}${deprecated(f)}`);
  const implemented = isObjectType(type) ? type.getInterfaces().filter(({ name }) => reached.fields.has(name)) : [];
  const clause = implemented.length === 0 ? '' : ` implements ${implemented.map(({ name }) => name).join(' & ')}`;
  return block(`${isInterfaceType(type) ? 'interface' : 'type'} ${type.name}${clause}`, lines);
}

/** An object type must have every field of the interfaces it keeps. */
function completeInterfaces(schema, reached) {
  for (const name of [...reached.fields.keys()]) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    for (const shared of type.getInterfaces()) {
      for (const field of reached.fields.get(shared.name)?.keys() ?? []) reached.field(type, type.getFields()[field]);
    }
  }
}

function printDirective(directive) {
  const list = directive.args.map(({ name, type, defaultValue }) => `${name}: ${type}${quoted(defaultValue)}`);
  return `directive @${directive.name}(${list.join(', ')}) on ${directive.locations.join(' | ')}`;
}

function usedDirectives(schema, document) {
  const used = new Set();
  visit(document, { Directive: ({ name }) => void used.add(name.value) });
  return schema.getDirectives().filter((directive) => used.has(directive.name) && !isSpecifiedDirective(directive));
}

function accessRequirements(reached, scopes) {
  const entries = scopes
    .filter(({ offlineScopes }) => offlineScopes.length > 0)
    .filter(({ type, typeName, fieldName }) => {
      const fields = reached.fields.get(typeName);
      return fields !== undefined && (type === 'type' || fields.has(fieldName));
    })
    .map(({ type, typeName, fieldName, offlineScopes }) => [
      type === 'type' ? typeName : `${typeName}.${fieldName}`,
      offlineScopes,
    ]);
  return entries.sort(([left], [right]) => (left < right ? -1 : 1));
}

function printRequirement([what, list]) {
  const key = what.includes('.') ? `'${what}'` : what;
  const scopes = list.map((scope) => `'${scope}'`);
  const line = `  ${key}: [${scopes.join(', ')}],`;
  return line.length <= 120 ? line : [`  ${key}: [`, ...scopes.map((scope) => `    ${scope},`), '  ],'].join('\n');
}

const WRITTEN = '// Written by scripts/extract-shopify-schema.mjs from the documents in served/; do not edit.\n';
/** Fewer than a file of this repository may have. */
const MOST_LINES = 280;

const countLines = (text) => text.split('\n').filter(Boolean).length;

/** Texts in their order, gathered so that none of the groups is too long for a file. */
function inFiles(texts) {
  const files = [];
  let left = 0;
  for (const text of texts) {
    const lines = countLines(text);
    if (lines > left) {
      files.push([]);
      left = MOST_LINES;
    }
    files.at(-1).push(text);
    left -= lines;
  }
  return files;
}

/** @returns the texts of schema-extract.ts and of the files in schema-extract/ by their paths */
function extract({ schema, scopes }, document) {
  const reached = reach(schema, document);
  completeInterfaces(schema, reached);
  const types = [...reached.fields.keys()].sort().map((name) => printType(schema.getType(name), reached));
  const mutation = schema.getMutationType().name;
  const roots = reached.fields.has(mutation) ? ` mutation: ${mutation}` : '';
  const head = [
    `schema { query: ${schema.getQueryType().name}${roots} }`,
    ...usedDirectives(schema, document).map(printDirective),
  ];
  const access = accessRequirements(reached, scopes).map(printRequirement);
  const parts = inFiles([...head, ...types]).map((texts) => texts.join('\n\n'));
  const numbers = parts.map((_part, index) => index + 1);
  const written = new Map(
    parts.map((part, index) => [
      join(PARTS, `types-${index + 1}.ts`),
      `${WRITTEN}\nexport const TYPES_${index + 1} = \`${part}\n\`;\n`,
    ]),
  );
  written.set(
    join(PARTS, 'access.ts'),
    `${WRITTEN}
/** Any one of these scopes opens the type or field. */
export const ACCESS_REQUIREMENTS: Readonly<Record<string, readonly string[]>> = {
${access.join('\n')}
};
`,
  );
  written.set(
    TARGET,
    `${WRITTEN}
${numbers.map((number) => `import { TYPES_${number} } from './schema-extract/types-${number}.js';`).join('\n')}

export { ACCESS_REQUIREMENTS } from './schema-extract/access.js';

/** The reached part of the Admin schema, version 2026-10. */
export const SCHEMA_EXTRACT = [${numbers.map((number) => `TYPES_${number}`).join(', ')}].join('\\n');
`,
  );
  return written;
}

/** Files of an earlier run that nothing belongs into any more. */
const leftOver = (written) =>
  existsSync(PARTS)
    ? readdirSync(PARTS)
        .map((name) => join(PARTS, name))
        .filter((path) => !written.has(path))
    : [];

function write(written) {
  mkdirSync(PARTS, { recursive: true });
  leftOver(written).forEach((path) => rmSync(path));
  written.forEach((text, path) => writeFileSync(path, text));
}

/** The files that are not what they should be. */
const stale = (written) => [
  ...leftOver(written),
  ...[...written]
    .filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
    .map(([path]) => path),
];

const check = process.argv[2] === '--check';
const [path = DEFAULT_SCHEMA, ...documents] = process.argv.slice(check ? 3 : 2);
const full = readFullSchema(path);
const written = extract(full, readDocuments(full.schema, documents.length > 0 ? documents : DEFAULT_DOCUMENTS));
if (!check) write(written);
else if (stale(written).length > 0) {
  process.stderr.write(
    `not what ${path} and the documents give: ${stale(written).join(', ')}; run this script without --check\n`,
  );
  process.exitCode = 1;
}

import { type ConnectedStore, type JsonValue, type VariantInput } from '#contract';
import { z } from 'zod';
import { PLATFORM_ID } from '../atoms.js';
import { rejected } from '../record-calls.js';
import { broken, searchAll } from '../search-page.js';
import { type Attribute, attribute, readAttributes } from './attributes.js';
import { PRODUCTS } from './places.js';
import type { Body } from './product-input.js';

type Options = VariantInput['options'];

const choosable = z.object({ frontend_input: z.literal('select'), scope: z.literal('global') });

/**
 * The attributes of the shop that options of these names go by: those a buyer may choose from, which have one value for
 * all store views. A new attribute would be part of every product's form, so none is made for want of one.
 */
export async function attributesNamed(
  store: ConnectedStore,
  names: readonly string[],
): Promise<ReadonlyMap<string, Attribute>> {
  const group = names.map((name) => ({ field: 'frontend_label', is: 'eq', value: name }) as const);
  const path = `${PRODUCTS}/attributes`;
  const found = await searchAll(store, {
    path,
    where: [group],
    id: { column: 'attribute_code', field: 'attribute_id' },
  });
  const known = found
    .filter((raw) => choosable.safeParse(raw).success)
    .flatMap((raw) => {
      const read = attribute.safeParse(raw);
      return read.success ? [read.data] : [];
    });
  return new Map(names.map((name) => [name, namedIn(known, name)]));
}

/** @throws GatewayError `request_rejected` naming what is missing */
export function namedIn(attributes: readonly Attribute[], name: string): Attribute {
  const found = attributes.find(({ label }) => label === name);
  if (found !== undefined) return found;
  const what = `Options go by attributes of the shop, and none named ${JSON.stringify(name)} is there to choose from`;
  throw rejected(`${what}: the merchant makes it under Stores, Attributes, Product.`, 'options[].name');
}

const said = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** The number of a value, which is added to the attribute where it is not there yet. */
export async function valueOf(store: ConnectedStore, attribute: Attribute, value: string): Promise<string> {
  const known = optionNamed(attribute, value);
  if (known !== undefined) return known;
  const { data } = await store.http({
    method: 'POST',
    path: `${PRODUCTS}/attributes/${attribute.code}/options`,
    body: { option: { label: value, value: '' } },
    effect: 'write',
    expect: said,
  });
  // `"5"`; earlier `"id_5"`, and before that only that it was done.
  const number = data.replace(/^id_/, '');
  if (PLATFORM_ID.test(number)) return number;
  const read = (await readAttributes(store, [attribute.id])).get(attribute.id);
  const added = read && optionNamed(read, value);
  if (added === undefined) throw broken('an attribute without the value that was added to it');
  return added;
}

function optionNamed({ options }: Attribute, value: string): string | undefined {
  return options.find(({ label }) => label === value)?.id;
}

/** What was chosen: each attribute with the number of its value. */
export type Choice = readonly { readonly attribute: Attribute; readonly value: string }[];

/** Numbers for all options of all variants; a new value is added once, however many variants have it. */
export async function chooseAll(
  store: ConnectedStore,
  attributes: ReadonlyMap<string, Attribute>,
  variants: readonly Options[],
): Promise<readonly Choice[]> {
  const numbers = new Map<string, string>();
  const choices: Choice[] = [];
  for (const options of variants) {
    const choice: { attribute: Attribute; value: string }[] = [];
    for (const { name, value } of options) {
      const attribute = attributes.get(name) ?? namedIn([], name);
      const key = JSON.stringify([attribute.code, value]);
      const number = numbers.get(key) ?? (await valueOf(store, attribute, value));
      numbers.set(key, number);
      choice.push({ attribute, value: number });
    }
    choices.push(choice);
  }
  return choices;
}

/** What a variant says of its choice, among its attributes. */
export function chosenAttributes(choice: Choice): Readonly<Record<string, string>> {
  return Object.fromEntries(choice.map(({ attribute, value }) => [attribute.code, value]));
}

/** What a configurable product says of the choices it offers. */
export function offered(attributes: Iterable<Attribute>, choices: readonly Choice[]): JsonValue {
  return [...attributes].map((attribute, position): Body => {
    const values = choices.flatMap((choice) => choice.filter((one) => one.attribute.id === attribute.id));
    const numbers = [...new Set(values.map(({ value }) => value))];
    return {
      attribute_id: attribute.id,
      label: attribute.label ?? attribute.code,
      position,
      values: numbers.map((number) => ({ value_index: Number(number) })),
    };
  });
}

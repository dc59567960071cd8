import { connectors } from '#connectors';
import type { Connector, LocatedStrategy, StoreAddress } from '#contract';

type Of<Kind extends LocatedStrategy['kind']> = Extract<LocatedStrategy, { readonly kind: Kind }>;

/** A connector with its way of connecting of one kind, and the shop of the example in its form. */
export interface ConnectorOf<Kind extends LocatedStrategy['kind']> {
  readonly connector: Connector;
  readonly strategy: Of<Kind>;
  readonly address: StoreAddress;
}

/** All connectors that can be connected in a way of that kind; what serves them all is tested with each. */
export function connectorsWith<Kind extends LocatedStrategy['kind']>(kind: Kind): readonly ConnectorOf<Kind>[] {
  const all: readonly Connector[] = connectors;
  return all.flatMap((connector) =>
    connector.auth
      .filter((strategy): strategy is Of<Kind> => strategy.kind === kind)
      .map((strategy) => ({ connector, strategy, address: strategy.locate(examplesOf(strategy)) })),
  );
}

/** The answers that a form gives as examples. */
export function examplesOf({ form }: LocatedStrategy): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(form).map(([name, { example }]) => [name, example]));
}

/** The first of them; every kind that is asked for has one. */
export function connectorWith<Kind extends LocatedStrategy['kind']>(kind: Kind): ConnectorOf<Kind> {
  const [first] = connectorsWith(kind);
  if (first === undefined) throw new Error(`no connector connects by ${kind}`);
  return first;
}

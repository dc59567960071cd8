import type { System } from '../system.js';

export interface GatewayRoute {
  readonly method: string;
  /** With its parameters, e.g. `/v1/orders/:id`. */
  readonly path: string;
}

/** Every route that the router itself knows, those of plugins too; read from the tree it prints. */
export function readRoutes({ server }: Pick<System, 'server'>): readonly GatewayRoute[] {
  const parents: string[] = [];
  const printed = server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, branch = '', own = '', methods = ''] = /^([│├└─\s]*)(\S+)(?: \(([A-Z, ]+)\))?$/u.exec(line) ?? [];
      if (own === '') return [];
      // Each level is drawn four characters wide.
      const depth = branch.length / 4 - 1;
      const path = `${depth > 0 ? (parents[depth - 1] ?? '') : ''}${own}`;
      parents.splice(depth, parents.length, path);
      return methods === '' ? [] : methods.split(', ').map((method) => ({ method, path }));
    });
  // The tree draws a wildcard without the rest of its path, and several of one parent as one: the router is asked for each.
  const wildcards = server.declaredRoutes.flatMap(({ method, path }) =>
    path.endsWith('*') && server.hasRoute({ method: method, url: path }) ? [{ method, path }] : [],
  );
  return [...printed.filter(({ path }) => !path.endsWith('*')), ...wildcards];
}

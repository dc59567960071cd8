/** Every token is as long as a platform's, and tells shop and generation to whoever can read it. */
export function tokenOf(kind: 'at' | 'rt', shop: string, generation: number): string {
  return `${kind}_${shop}_${String(generation)}_`.padEnd(72, 'x');
}

/** The shop and the generation of a token. */
export function readToken(token: string): { readonly shop: string; readonly generation: number } {
  const [, shop = '', generation = ''] = token.split('_');
  return { shop, generation: Number(generation) };
}

/** The secret of a platform client, known to both sides. */
export function secretOf(clientId: string): string {
  return `secret-of-${clientId}`.padEnd(38, 'x');
}

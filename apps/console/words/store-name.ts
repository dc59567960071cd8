/** What a store is called: by its domain while it has no name. */
export function storeName({ name, domain }: { readonly name: string; readonly domain: string }): string {
  return name || domain;
}

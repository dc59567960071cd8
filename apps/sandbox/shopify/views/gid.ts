/** `gid://shopify/<type>/<id>`. */
export function gid(type: string, id: number | string): string {
  return `gid://shopify/${type}/${id}`;
}

/** The number in a global id of that type, or undefined. */
export function numberOfGid(value: string, type: string): number | undefined {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d{1,15})(?:\?.*)?$/.exec(value);
  return match?.[1] === type ? Number(match[2]) : undefined;
}

/** Whether a text has the form of a global id at all. */
export function isGid(value: string): boolean {
  return /^gid:\/\/shopify\/[A-Za-z]+\/[^/\s]+$/.test(value);
}

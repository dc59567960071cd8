/** Spoils the first record of a list: a text where a number belongs, as a broken app of the store might leave it. */
export function spoilFirst(body: unknown): unknown {
  if (Array.isArray(body)) {
    const [first, ...rest] = body as unknown[];
    return [{ ...(first as object), id: { broken: true }, date_created: 17 }, ...rest];
  }
  if (typeof body === 'object' && body !== null && 'data' in body) return { ...body, data: spoilFirst(body.data) };
  return body;
}

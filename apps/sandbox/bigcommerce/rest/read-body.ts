import type { z } from 'zod';
import { RestFailure } from './answer.js';

/** docs: V3 names each mistake by its path, in a 422. */
export function readV3<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const errors = Object.fromEntries(read.error.issues.map(({ path, message }) => [path.join('.') || 'body', message]));
  throw new RestFailure(422, 'JSON data is missing or invalid', errors);
}

/** docs: V2 names the first mistake, in a 400. */
export function readV2<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? 'body';
  throw new RestFailure(400, `The field '${field}' is invalid.`, { field, invalid_reason: issue?.message ?? '' });
}

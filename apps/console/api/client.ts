import type { z } from 'zod';
import { Trouble, troubleFrom, unreachable, unreadable } from './problem.js';

/** Longer than the gateway lets anything take; after it nobody answers. */
const PATIENCE_MS = 30_000;

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** Undefined where there was none. */
  readonly body: unknown;
}

/**
 * Asks the gateway.
 * @param path below its root, such as `/ops/stores`
 * @throws Trouble for anything but a success
 */
export async function send(path: string, { method = 'GET', body, signal }: Question = {}): Promise<Answer> {
  const { response, content } = await fetchContent(path, { method, ...(body === undefined ? {} : { body }) }, signal);
  if (!response.ok) throw troubleFrom(response.status, content);
  return { status: response.status, body: content };
}

/** Has the gateway do something that its address says whole. */
export function post(path: string): Promise<Answer> {
  return send(path, { method: 'POST', body: {} });
}

/**
 * Asks the gateway and reads the answer.
 * @throws Trouble for anything but a success in the words of the schema
 */
export async function ask<S extends z.ZodType>(schema: S, path: string, question: Question = {}): Promise<z.output<S>> {
  const { body } = await send(path, question);
  return read(schema, path, body);
}

/** @throws Trouble where the answer is not what the schema says */
export function read<S extends z.ZodType>(schema: S, path: string, body: unknown): z.output<S> {
  const outcome = schema.safeParse(body);
  if (!outcome.success) throw unreadable(path, outcome.error);
  return outcome.data;
}

/** Asks whatever is answered for, also by a status that is no success, as `/readyz` does. */
export async function askAnyStatus<S extends z.ZodType>(
  schema: S,
  path: string,
  signal?: AbortSignal,
): Promise<z.output<S>> {
  const { content } = await fetchContent(path, { method: 'GET' }, signal);
  return read(schema, path, content);
}

async function fetchContent(path: string, { method, body }: Question, signal?: AbortSignal) {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method: method ?? 'GET',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
      redirect: 'error',
      cache: 'no-store',
    });
    return { response, content: parse(await response.text()) };
  } catch (error) {
    // A question that was taken back is no trouble of the gateway's.
    if (signal?.aborted === true) throw error;
    throw error instanceof Trouble ? error : unreachable(error);
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { rawUrlDecode } from '../oauth/oauth-parameters.js';
import type { RestRoute } from './rest-call.js';

/** A route and the decoded parameters of the path that found it. */
export interface RouteMatch {
  readonly route: RestRoute;
  readonly path: Readonly<Record<string, string>>;
}

/** Segments are compared as they were sent, so that an escaped slash stays inside its parameter. */
export type Router = (method: string, path: string) => RouteMatch | undefined;

/** Fixed segments win over parameters, whatever the order of the list. */
export function createRouter(routes: readonly RestRoute[]): Router {
  const parts = routes
    .map((route) => ({ route, segments: segmentsOf(route.path) }))
    .sort((left, right) => parametersIn(left.segments) - parametersIn(right.segments));
  return (method, path) => {
    const segments = segmentsOf(path);
    const found = parts.find((part) => part.route.method === method && matches(part.segments, segments));
    if (!found) return undefined;
    const named = found.segments.flatMap((segment, index): [string, string][] =>
      segment.startsWith(':') ? [[segment.slice(1), rawUrlDecode(segments[index] ?? '')]] : [],
    );
    return { route: found.route, path: Object.fromEntries(named) };
  };
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function parametersIn(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith(':')).length;
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => part.startsWith(':') || part === segments[index])
  );
}

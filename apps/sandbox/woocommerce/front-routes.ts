import type { FastifyInstance } from 'fastify';
import { escapeHtml } from '../escape-html.js';
import { HTML_HEADERS, htmlPage } from '../html-page.js';
import { noRouteHandler } from './rest-endpoint.js';
import type { SandboxState } from './sandbox-state.js';
import { siteRequest } from './site-request.js';

/** The page a browser sees first, and everything that is no page. */
export function registerFrontRoutes(server: FastifyInstance, state: SandboxState): void {
  const noRoute = noRouteHandler(state);
  server.get('/', (request, reply) => {
    const site = siteRequest(request, state);
    if (!site) return reply.code(404).send();
    const { name, description } = site.shop;
    // The header by which the REST API is found (fact sheet, section 1).
    reply.headers({ ...HTML_HEADERS, link: `<${site.siteUrl}/wp-json/>; rel="https://api.w.org/"` });
    return reply.send(
      htmlPage(
        name,
        `<h1>${escapeHtml(name)}</h1><p>${escapeHtml(description)}</p><p><small>A simulated shop.</small></p>`,
      ),
    );
  });
  server.setNotFoundHandler((request, reply) => {
    if (/^\/wp-json(\/|$)/.test(request.url.split('?')[0] ?? '')) return noRoute(request, reply);
    return reply.code(404).headers(HTML_HEADERS).send(htmlPage('Page not found', '<h1>Page not found</h1>'));
  });
}

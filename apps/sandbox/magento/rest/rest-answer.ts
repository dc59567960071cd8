import type { FastifyReply } from 'fastify';
import { type Cell, isRow } from '../row.js';

/** Recorded: nearly every file of captures/magento. */
const HEADERS = { 'cache-control': 'no-store', expires: 'Thu, 19 Nov 1981 08:52:00 GMT', pragma: 'no-cache' };

/** Sends an answer as JSON, or as XML to whoever asks for that alone (recorded: xml-accept.json). */
export function answerRest(reply: FastifyReply, status: number, answer: Cell, asXml: boolean): FastifyReply {
  reply.code(status).headers(HEADERS);
  if (status < 400) reply.header('x-frame-options', 'SAMEORIGIN');
  const shown = withoutOwnColumns(answer);
  if (asXml) {
    const body = `<?xml version="1.0"?>\n<${status < 400 ? 'response' : 'error'}>\n${xml(shown, '  ')}</${status < 400 ? 'response' : 'error'}>\n`;
    return reply.header('content-type', 'application/xml; charset=utf-8').send(body);
  }
  return reply.header('content-type', 'application/json; charset=utf-8').send(phpJson(shown));
}

/** PHP escapes slashes and everything beyond ASCII. */
function phpJson(answer: Cell): string {
  return JSON.stringify(answer)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function withoutOwnColumns(cell: Cell): Cell {
  if (Array.isArray(cell)) return cell.map(withoutOwnColumns);
  if (!isRow(cell)) return cell;
  const shown = Object.entries(cell).filter(([name]) => !name.startsWith('_'));
  return Object.fromEntries(shown.map(([name, value]) => [name, withoutOwnColumns(value)]));
}

function xml(cell: Cell, indent: string): string {
  if (Array.isArray(cell)) return cell.map((item) => element('item', item, indent)).join('');
  if (isRow(cell))
    return Object.entries(cell)
      .map(([name, value]) => element(name, value, indent))
      .join('');
  return `${indent}${escaped(cell)}\n`;
}

function element(name: string, value: Cell, indent: string): string {
  if (typeof value !== 'object' || value === null) return `${indent}<${name}>${escaped(value)}</${name}>\n`;
  return `${indent}<${name}>\n${xml(value, `${indent}  `)}${indent}</${name}>\n`;
}

function escaped(value: string | number | boolean | null): string {
  return String(value ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** docs: the address every V3 error carries as its `type`. */
const ERROR_TYPE = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';

/** docs: V2 answers an error as a list of one, V3 as an object. */
export function errorBody(
  version: 'v2' | 'v3',
  status: number,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): unknown {
  const hasDetails = Object.keys(details).length > 0;
  if (version === 'v2') return [{ status, message, ...(hasDetails && { details }) }];
  return { status, title: message, type: ERROR_TYPE, ...(hasDetails && { errors: details }) };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function xmlOf(name: string, value: unknown): string {
  if (value === null || value === undefined) return `<${name}/>`;
  if (Array.isArray(value)) return `<${name}>${value.map((one) => xmlOf('item', one)).join('')}</${name}>`;
  if (typeof value === 'object') {
    const inside = Object.entries(value).map(([key, one]) => xmlOf(key, one));
    return `<${name}>${inside.join('')}</${name}>`;
  }
  const text = JSON.stringify(value).replace(/^"|"$/g, '');
  return `<${name}>${text.replace(/[&<>]/g, (one) => ENTITIES[one] ?? one)}</${name}>`;
}

/** docs: V2 speaks XML to whoever does not ask for JSON. The elements' names are simplified; nobody reads them. */
export function asXml(body: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlOf('response', body)}`;
}

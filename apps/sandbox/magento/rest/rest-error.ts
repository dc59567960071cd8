import type { Row } from '../row.js';

type Parameters = Row | string[];

/** An error as the REST API words it: placeholders stay in the message, their values lie beside it. */
export class RestError extends Error {
  readonly status: number;
  readonly parameters: Parameters | undefined;

  constructor(status: number, message: string, parameters?: Parameters) {
    super(message);
    this.name = 'RestError';
    this.status = status;
    this.parameters = parameters;
  }

  get body(): Row {
    return { message: this.message, ...(this.parameters === undefined ? {} : { parameters: this.parameters }) };
  }
}

/** Recorded: err-404-route.json. */
export const NO_ROUTE = new RestError(404, 'Request does not match any route.');

/** Recorded: err-404-order.json. */
export const NO_ENTITY = new RestError(
  404,
  "The entity that was requested doesn't exist. Verify the entity and try again.",
);

/** Recorded: product-get-deleted.json. */
export const NO_PRODUCT = new RestError(
  404,
  "The product that was requested doesn't exist. Verify the product and try again.",
);

/** Recorded: err-400-missing-required.json. */
export function required(fieldName: string): RestError {
  return new RestError(400, '"%fieldName" is required. Enter and try again.', { fieldName });
}

/** Recorded: err-400-unknown-property.json, where `bogus` is called `Bogus`. */
export function unsupported(name: string): RestError {
  const fieldName = name.replace(/(?:^|_)([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());
  return new RestError(400, '"%fieldName" is not supported. Correct the field name and try again.', { fieldName });
}

/** Recorded: err-400-wrong-type.json; here the values stand in the text. */
export function wrongType(value: string, type: string): RestError {
  return new RestError(
    400,
    `The "${value}" value's type is invalid. The "${type}" type was expected. Verify and try again.`,
  );
}

/** Recorded: customer-get-deleted.json. */
export function noSuch(fieldName: string, fieldValue: string | number): RestError {
  return new RestError(404, 'No such entity with %fieldName = %fieldValue', { fieldName, fieldValue });
}

/** Recorded: err-401-no-auth.json; also what a missing right looks like, never 403. */
export function notAuthorized(resources: string): RestError {
  return new RestError(401, "The consumer isn't authorized to access %resources.", { resources });
}

/** A field the database does not know, up to 2.4.8 (recorded: err-400-bad-field.json). @param at makes the number */
export function internalError(at: number): RestError {
  const report = `webapi-${(at * 2_654_435_761).toString(16).padStart(13, '6').slice(0, 13)}`;
  return new RestError(500, `Internal Error. Details are available in Magento log file. Report ID: ${report}`);
}

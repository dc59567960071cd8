/** A refusal of Magento's OAuth: 401 where somebody is not who he should be, 400 where the request is malformed. */
export interface OAuthProblem {
  readonly status: 400 | 401;
  /** With placeholders, as the REST API prints it. */
  readonly message: string;
  readonly parameters?: string[] | Record<string, string>;
}

/** @param parameters for `%1`, `%2`, … */
export function refusal(message: string, ...parameters: string[]): OAuthProblem {
  return { status: 401, message, ...(parameters.length === 0 ? {} : { parameters }) };
}

/** @param parameters for `%1`, `%2`, … */
export function malformed(message: string, ...parameters: string[]): OAuthProblem {
  return { status: 400, message, ...(parameters.length === 0 ? {} : { parameters }) };
}

export function missing(fieldName: string): OAuthProblem {
  return { status: 400, message: '"%fieldName" is required. Enter and try again.', parameters: { fieldName } };
}

/** The message with its placeholders filled, as the token endpoints print it. */
export function plainText({ message, parameters = {} }: OAuthProblem): string {
  const values: Record<string, string> = Array.isArray(parameters)
    ? Object.fromEntries(parameters.map((value, index) => [String(index + 1), value]))
    : parameters;
  return message.replace(/%(\w+)/g, (whole, name: string) => values[name] ?? whole);
}

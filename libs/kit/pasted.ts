import { type Answers, Secret } from '#contract';
import { invalidField } from './store-url.js';

/**
 * A credential as a merchant pastes it, without the blanks around it.
 * @throws GatewayError `request_invalid` for nothing, and for what cannot stand in a header
 */
export function pastedText(answers: Answers, field: string): string {
  const text = (answers[field] ?? '').trim();
  if (/^[\x21-\x7e]{4,255}$/.test(text)) return text;
  throw invalidField(field, 'Paste it as it is shown, without spaces.');
}

/** @throws GatewayError as {@link pastedText} */
export function pastedSecret(answers: Answers, field: string): Secret {
  return new Secret(pastedText(answers, field));
}

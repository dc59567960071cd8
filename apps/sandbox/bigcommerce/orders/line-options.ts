import type { JsonValue } from '#contract';
import type { Variant } from '../state/rows.js';

/** What a line says about the options its variant stands for. */
export function lineOptions({ option_values: values }: Variant): readonly Readonly<Record<string, JsonValue>>[] {
  return values.map(({ id, label, option_id: optionId, option_display_name: name }) => ({
    ...{ option_id: optionId, product_option_id: optionId, name: `${name}${optionId}`, value: String(id) },
    ...{ display_name: name, display_name_customer: name, display_name_merchant: name },
    ...{ display_value: label, display_value_customer: label, display_value_merchant: label },
    ...{ type: 'Multiple choice', display_style: 'Rectangle' },
  }));
}

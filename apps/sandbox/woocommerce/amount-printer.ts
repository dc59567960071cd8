import { Big } from '#contract';

/** Prints amounts with a fixed number of decimals, as `dp` asks. */
export type AmountPrinter = (amount: Big) => string;

/** @param decimals the value of `dp`; nonsense is read as none */
export function amountPrinter(decimals: number): AmountPrinter {
  const places = Math.min(Math.max(decimals, 0), 20);
  return (amount) => {
    const text = amount.round(places, Big.roundHalfUp).toFixed(places);
    return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
  };
}

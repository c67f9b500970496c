import type { Money } from '#server/kernel/primitives.contract.ts';

/** "€12,400": cents only where there are any. Amounts are text, so that none is lost; drawing them may round beyond 15 digits. */
export function moneyInWords({ amount, currency }: Money): string {
  const digits = /\.\d*[1-9]/u.test(amount) ? 2 : 0;
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: Math.max(digits, 2) }).format(
      Number(amount),
    );
  } catch {
    // Not a currency the browser knows.
    return `${amount} ${currency}`;
  }
}

export function MoneyText({ value }: { readonly value: Money }) {
  return <span style={{ whiteSpace: 'nowrap' }}>{moneyInWords(value)}</span>;
}

import type { AddressInput } from './address-input.js';

/** `MoneyBagInput`. */
export interface MoneyInput {
  readonly shopMoney: { readonly amount: unknown; readonly currencyCode: string };
  readonly presentmentMoney?: { readonly amount: unknown; readonly currencyCode: string } | null;
}

export interface TaxInput {
  readonly title: string;
  readonly rate: unknown;
  readonly priceSet?: MoneyInput | null;
}

export interface LineInput {
  readonly quantity: number;
  readonly variantId?: string | null;
  readonly productId?: string | null;
  readonly title?: string | null;
  readonly variantTitle?: string | null;
  readonly sku?: string | null;
  readonly vendor?: string | null;
  readonly priceSet?: MoneyInput | null;
  readonly requiresShipping?: boolean | null;
  readonly taxable?: boolean | null;
  readonly giftCard?: boolean | null;
  readonly taxLines?: readonly TaxInput[] | null;
  readonly properties?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly weight?: { readonly unit: string; readonly value: number } | null;
}

export interface ShippingInput {
  readonly title: string;
  readonly code?: string | null;
  readonly source?: string | null;
  readonly priceSet: MoneyInput;
  readonly taxLines?: readonly TaxInput[] | null;
}

export interface TransactionInput {
  readonly amountSet: MoneyInput;
  readonly kind?: string | null;
  readonly status?: string | null;
  readonly gateway?: string | null;
  readonly authorizationCode?: string | null;
  readonly processedAt?: string | null;
}

export interface DiscountInput {
  readonly itemFixedDiscountCode?: { readonly code: string; readonly amountSet?: MoneyInput | null } | null;
  readonly itemPercentageDiscountCode?: { readonly code: string; readonly percentage?: number | null } | null;
  readonly freeShippingDiscountCode?: { readonly code: string } | null;
}

export interface UpsertInput {
  readonly id?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly note?: string | null;
  readonly tags?: readonly string[] | null;
  readonly taxExempt?: boolean | null;
  readonly addresses?: readonly AddressInput[] | null;
}

/** `OrderCreateOrderInput`, without what the sandbox takes and forgets (metafields, referring site, user). */
export interface OrderCreateInput {
  readonly lineItems?: readonly LineInput[] | null;
  readonly shippingLines?: readonly ShippingInput[] | null;
  readonly taxLines?: readonly TaxInput[] | null;
  readonly taxesIncluded?: boolean | null;
  readonly discountCode?: DiscountInput | null;
  readonly transactions?: readonly TransactionInput[] | null;
  readonly financialStatus?: string | null;
  readonly fulfillmentStatus?: string | null;
  readonly fulfillment?: {
    readonly locationId: string;
    readonly trackingCompany?: string | null;
    readonly trackingNumber?: string | null;
    readonly trackingNumbers?: readonly string[] | null;
    readonly shipmentStatus?: string | null;
  } | null;
  readonly customer?: {
    readonly toAssociate?: { readonly id?: string | null; readonly email?: string | null } | null;
    readonly toUpsert?: UpsertInput | null;
  } | null;
  readonly customerId?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly billingAddress?: AddressInput | null;
  readonly shippingAddress?: AddressInput | null;
  readonly currency?: string | null;
  readonly presentmentCurrency?: string | null;
  readonly processedAt?: string | null;
  readonly closedAt?: string | null;
  readonly name?: string | null;
  readonly note?: string | null;
  readonly poNumber?: string | null;
  readonly sourceName?: string | null;
  readonly sourceIdentifier?: string | null;
  readonly sourceUrl?: string | null;
  readonly tags?: readonly string[] | null;
  readonly test?: boolean | null;
  readonly customAttributes?: readonly { readonly key: string; readonly value: string }[] | null;
}

/** `OrderCreateOptionsInput`. */
export interface OrderCreateOptions {
  readonly inventoryBehaviour?: 'BYPASS' | 'DECREMENT_IGNORING_POLICY' | 'DECREMENT_OBEYING_POLICY' | null;
}

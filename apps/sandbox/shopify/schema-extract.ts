// Written by scripts/extract-shopify-schema.mjs from the documents in served/; do not edit.

/** The reached part of the Admin schema, version 2026-10. */
export const SCHEMA_EXTRACT = `schema { query: QueryRoot }

type AccessScope { description: String! handle: String! }

type AdditionalFee { id: ID! name: String! price: MoneyBag! taxLines: [TaxLine!]! }

type ApiVersion { displayName: String! handle: String! supported: Boolean! }

type App { apiKey: String! embedded: Boolean! handle: String id: ID! optionalAccessScopes: [AccessScope!]!
  title: String! webhookApiVersion: String! }

type AppInstallation { accessScopes: [AccessScope!]! app: App! id: ID! launchUrl: URL! }

type Attribute { key: String! value: String }

type AutomaticDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod! index: Int!
  targetSelection: DiscountApplicationTargetSelection! targetType: DiscountApplicationTargetType! title: String!
  value: PricingValue! }

type CashRoundingAdjustment { paymentSet: MoneyBag! refundSet: MoneyBag! }

type Count { count: Int! precision: CountPrecision! }

enum CountPrecision { AT_LEAST EXACT }

enum CountryCode { AC AD AE AF AG AI AL AM AN AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
  BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
  FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
  JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU
  MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PY QA RE RO RS RU RW SA SB SC
  SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US
  UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW ZZ }

enum CurrencyCode { AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
  BYR @deprecated BZD CAD CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
  GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JEP JMD JOD JPY KES KGS KHR KID KMF KRW KWD KYD KZT LAK LBP
  LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
  PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP STD @deprecated STN SYP SZL THB
  TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USDC UYU UZS VED VEF @deprecated VES VND VUV WST XAF XCD XOF XPF XXX YER
  ZAR ZMW }

type CurrencyFormats { moneyFormat: FormattedString! moneyWithCurrencyFormat: FormattedString! }

type Customer { amountSpent: MoneyV2! createdAt: DateTime! defaultAddress: MailingAddress
  defaultEmailAddress: CustomerEmailAddress defaultPhoneNumber: CustomerPhoneNumber displayName: String!
  email: String @deprecated firstName: String id: ID! lastName: String legacyResourceId: UnsignedInt64!
  locale: String! note: String numberOfOrders: UnsignedInt64! phone: String @deprecated state: CustomerState!
  tags: [String!]! taxExempt: Boolean! updatedAt: DateTime! verifiedEmail: Boolean! }

type CustomerEmailAddress { emailAddress: String! marketingOptInLevel: CustomerMarketingOptInLevel
  marketingState: CustomerEmailAddressMarketingState! marketingUpdatedAt: DateTime validFormat: Boolean! }

enum CustomerEmailAddressMarketingState { INVALID NOT_SUBSCRIBED PENDING SUBSCRIBED UNSUBSCRIBED }

enum CustomerMarketingOptInLevel { CONFIRMED_OPT_IN SINGLE_OPT_IN UNKNOWN }

type CustomerPhoneNumber { phoneNumber: String! }

enum CustomerState { DECLINED DISABLED ENABLED INVITED }

scalar DateTime

scalar Decimal

type DiscountAllocation { allocatedAmountSet: MoneyBag! discountApplication: DiscountApplication! }

interface DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod! index: Int!
  targetSelection: DiscountApplicationTargetSelection! targetType: DiscountApplicationTargetType! value: PricingValue!
}

enum DiscountApplicationAllocationMethod { ACROSS EACH ONE @deprecated }

type DiscountApplicationConnection { edges: [DiscountApplicationEdge!]! nodes: [DiscountApplication!]!
  pageInfo: PageInfo! }

type DiscountApplicationEdge { cursor: String! node: DiscountApplication! }

enum DiscountApplicationTargetSelection { ALL ENTITLED EXPLICIT }

enum DiscountApplicationTargetType { LINE_ITEM SHIPPING_LINE }

type DiscountCodeApplication implements DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod!
  code: String! index: Int! targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType! value: PricingValue! }

type Domain { host: String! id: ID! sslEnabled: Boolean! url: URL! }

type Duty { countryCodeOfOrigin: CountryCode harmonizedSystemCode: String id: ID! price: MoneyBag!
  taxLines: [TaxLine!]! }

scalar FormattedString

type Fulfillment { createdAt: DateTime! deliveredAt: DateTime displayStatus: FulfillmentDisplayStatus
  estimatedDeliveryAt: DateTime
  fulfillmentLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentLineItemConnection!
  id: ID! inTransitAt: DateTime legacyResourceId: UnsignedInt64! location: Location name: String!
  requiresShipping: Boolean! status: FulfillmentStatus! totalQuantity: Int!
  trackingInfo(first: Int): [FulfillmentTrackingInfo!]! updatedAt: DateTime! }

enum FulfillmentDisplayStatus { ATTEMPTED_DELIVERY CANCELED CARRIER_PICKED_UP CONFIRMED DELAYED DELIVERED FAILURE
  FULFILLED IN_TRANSIT LABEL_PRINTED LABEL_PURCHASED LABEL_VOIDED MARKED_AS_FULFILLED NOT_DELIVERED OUT_FOR_DELIVERY
  PICKED_UP READY_FOR_PICKUP SUBMITTED }

type FulfillmentLineItem { discountedTotalSet: MoneyBag! id: ID! lineItem: LineItem! originalTotalSet: MoneyBag!
  quantity: Int }

type FulfillmentLineItemConnection { edges: [FulfillmentLineItemEdge!]! nodes: [FulfillmentLineItem!]!
  pageInfo: PageInfo! }

type FulfillmentLineItemEdge { cursor: String! node: FulfillmentLineItem! }

enum FulfillmentStatus { CANCELLED ERROR FAILURE OPEN @deprecated PENDING @deprecated SUCCESS }

type FulfillmentTrackingInfo { company: String number: String url: URL }

type LineItem { currentQuantity: Int! customAttributes: [Attribute!]! discountAllocations: [DiscountAllocation!]!
  discountedTotalSet(withCodeDiscounts: Boolean = false): MoneyBag! discountedUnitPriceAfterAllDiscountsSet: MoneyBag!
  discountedUnitPriceSet: MoneyBag! duties: [Duty!]! id: ID! isGiftCard: Boolean! name: String!
  nonFulfillableQuantity: Int! originalTotalSet: MoneyBag! originalUnitPriceSet: MoneyBag! product: Product
  quantity: Int! refundableQuantity: Int! requiresShipping: Boolean! restockable: Boolean! sku: String
  taxLines(first: Int): [TaxLine!]! taxable: Boolean! title: String! totalDiscountSet: MoneyBag!
  unfulfilledDiscountedTotalSet: MoneyBag! unfulfilledOriginalTotalSet: MoneyBag! unfulfilledQuantity: Int!
  variant: ProductVariant variantTitle: String vendor: String weight: Weight }

type LineItemConnection { edges: [LineItemEdge!]! nodes: [LineItem!]! pageInfo: PageInfo! }

type LineItemEdge { cursor: String! node: LineItem! }

type Location { id: ID! legacyResourceId: UnsignedInt64! name: String! }

type MailingAddress { address1: String address2: String city: String company: String country: String
  countryCodeV2: CountryCode firstName: String
  formatted(withCompany: Boolean = true, withName: Boolean = false): [String!]! formattedArea: String id: ID!
  lastName: String name: String phone: String province: String provinceCode: String zip: String }

type ManualDiscountApplication implements DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod!
  description: String index: Int! targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType! title: String! value: PricingValue! }

type MoneyBag { presentmentMoney: MoneyV2! shopMoney: MoneyV2! }

type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }

type Order { additionalFees: [AdditionalFee!]! app: OrderApp billingAddress: MailingAddress
  billingAddressMatchesShippingAddress: Boolean! canMarkAsPaid: Boolean! canNotifyCustomer: Boolean!
  cancelReason: OrderCancelReason cancellation: OrderCancellation cancelledAt: DateTime capturable: Boolean!
  cartDiscountAmountSet: MoneyBag closed: Boolean! closedAt: DateTime confirmationNumber: String confirmed: Boolean!
  createdAt: DateTime! currencyCode: CurrencyCode! currentShippingPriceSet: MoneyBag!
  currentSubtotalLineItemsQuantity: Int! currentSubtotalPriceSet: MoneyBag! currentTaxLines: [TaxLine!]!
  currentTotalAdditionalFeesSet: MoneyBag currentTotalDiscountsSet: MoneyBag! currentTotalDutiesSet: MoneyBag
  currentTotalPriceSet: MoneyBag! currentTotalTaxSet: MoneyBag! currentTotalWeight: UnsignedInt64!
  customAttributes: [Attribute!]! customer: Customer customerAcceptsMarketing: Boolean! customerLocale: String
  discountApplications(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): DiscountApplicationConnection!
  discountCode: String discountCodes: [String!]! displayAddress: MailingAddress
  displayFinancialStatus: OrderDisplayFinancialStatus displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
  dutiesIncluded: Boolean! edited: Boolean! email: String estimatedTaxes: Boolean! fulfillable: Boolean!
  fulfillments(first: Int): [Fulfillment!]! fulfillmentsCount: Count fullyPaid: Boolean! id: ID!
  legacyResourceId: UnsignedInt64!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): LineItemConnection!
  name: String! netPaymentSet: MoneyBag! note: String number: Int! originalTotalAdditionalFeesSet: MoneyBag
  originalTotalDutiesSet: MoneyBag originalTotalPriceSet: MoneyBag! paymentGatewayNames: [String!]! phone: String
  poNumber: String presentmentCurrencyCode: CurrencyCode! processedAt: DateTime! refundDiscrepancySet: MoneyBag!
  refundable: Boolean! refunds(first: Int): [Refund!]! registeredSourceUrl: URL requiresShipping: Boolean!
  restockable: Boolean! returnStatus: OrderReturnStatus! shippingAddress: MailingAddress shippingLine: ShippingLine
  shippingLines(after: String, before: String, first: Int, includeRemovals: Boolean = false, last: Int, reverse: Boolean = false): ShippingLineConnection!
  sourceIdentifier: String sourceName: String statusPageUrl: URL! subtotalLineItemsQuantity: Int!
  subtotalPriceSet: MoneyBag tags: [String!]! taxExempt: Boolean! taxLines: [TaxLine!]! taxesIncluded: Boolean!
  test: Boolean! totalCapturableSet: MoneyBag! totalCashRoundingAdjustment: CashRoundingAdjustment!
  totalDiscountsSet: MoneyBag totalOutstandingSet: MoneyBag! totalPriceSet: MoneyBag! totalReceivedSet: MoneyBag!
  totalRefundedSet: MoneyBag! totalRefundedShippingSet: MoneyBag! totalShippingPriceSet: MoneyBag!
  totalTaxSet: MoneyBag totalTipReceivedSet: MoneyBag! totalWeight: UnsignedInt64
  transactions(capturable: Boolean, first: Int): [OrderTransaction!]! transactionsCount: Count unpaid: Boolean!
  updatedAt: DateTime! }

type OrderAdjustment { amountSet: MoneyBag! id: ID! reason: OrderAdjustmentDiscrepancyReason taxAmountSet: MoneyBag! }

type OrderAdjustmentConnection { edges: [OrderAdjustmentEdge!]! nodes: [OrderAdjustment!]! pageInfo: PageInfo! }

enum OrderAdjustmentDiscrepancyReason { CUSTOMER DAMAGE FULL_RETURN_BALANCING_ADJUSTMENT PENDING_REFUND_DISCREPANCY
  REFUND_DISCREPANCY RESTOCK }

type OrderAdjustmentEdge { cursor: String! node: OrderAdjustment! }

type OrderApp { id: ID! name: String! }

enum OrderCancelReason { CUSTOMER DECLINED FRAUD INVENTORY OTHER STAFF }

type OrderCancellation { staffNote: String }

type OrderConnection { edges: [OrderEdge!]! nodes: [Order!]! pageInfo: PageInfo! }

enum OrderDisplayFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }

enum OrderDisplayFulfillmentStatus { FULFILLED FULFILLMENT_NOT_REQUIRED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED
  PENDING_FULFILLMENT REQUEST_DECLINED RESTOCKED SCHEDULED UNFULFILLED }

type OrderEdge { cursor: String! node: Order! }

input OrderIdentifierInput @oneOf { id: ID }

enum OrderReturnStatus { INSPECTION_COMPLETE IN_PROGRESS NO_RETURN RETURNED RETURN_FAILED RETURN_REQUESTED }

enum OrderSortKeys { CREATED_AT CURRENT_TOTAL_PRICE CUSTOMER_NAME DESTINATION FINANCIAL_STATUS FULFILLMENT_STATUS ID
  ORDER_NUMBER PO_NUMBER PROCESSED_AT RELEVANCE TOTAL_ITEMS_QUANTITY TOTAL_PRICE UPDATED_AT }

type OrderTransaction { accountNumber: String amountRoundingSet: MoneyBag amountSet: MoneyBag!
  authorizationExpiresAt: DateTime createdAt: DateTime! errorCode: OrderTransactionErrorCode formattedGateway: String
  gateway: String id: ID! kind: OrderTransactionKind! manualPaymentGateway: Boolean! manuallyCapturable: Boolean!
  maximumRefundableV2: MoneyV2 multiCapturable: Boolean! parentTransaction: OrderTransaction paymentId: String
  processedAt: DateTime settlementCurrency: CurrencyCode status: OrderTransactionStatus! test: Boolean!
  totalUnsettledSet: MoneyBag }

type OrderTransactionConnection { edges: [OrderTransactionEdge!]! nodes: [OrderTransaction!]! pageInfo: PageInfo! }

type OrderTransactionEdge { cursor: String! node: OrderTransaction! }

enum OrderTransactionErrorCode { AMAZON_PAYMENTS_INVALID_PAYMENT_METHOD AMAZON_PAYMENTS_MAX_AMOUNT_CHARGED
  AMAZON_PAYMENTS_MAX_AMOUNT_REFUNDED AMAZON_PAYMENTS_MAX_AUTHORIZATIONS_CAPTURED
  AMAZON_PAYMENTS_MAX_REFUNDS_PROCESSED AMAZON_PAYMENTS_ORDER_REFERENCE_CANCELED AMAZON_PAYMENTS_STALE
  AMOUNT_TOO_LARGE AMOUNT_TOO_SMALL AUTHENTICATION_FAILED AUTHENTICATION_REQUIRED AUTHORIZATION_EXPIRED CALL_ISSUER
  CANCELLED_PAYMENT CARD_DECLINED CARD_TESTING CONFIG_ERROR DO_NOT_HONOR EXPIRED_CARD FRAUD_SUSPECTED GENERIC_ERROR
  INCORRECT_ADDRESS INCORRECT_CVC INCORRECT_NUMBER INCORRECT_PIN INCORRECT_ZIP INSTRUMENT_DECLINED INSUFFICIENT_FUNDS
  INVALID_AMOUNT INVALID_COUNTRY INVALID_CURRENCY INVALID_CVC INVALID_EXPIRY_DATE INVALID_NUMBER
  INVALID_PAYMENT_METHOD INVALID_PURCHASE_TYPE MERCHANT_ACCOUNT_ERROR MERCHANT_RULE PAYMENT_METHOD_UNAVAILABLE
  PAYMENT_METHOD_UNSUPPORTED PAYMENT_PROVIDER_ERROR PICK_UP_CARD PROCESSING_ERROR RETRY_DECLINED TEST_MODE_LIVE_CARD
  TRANSACTION_LIMIT_EXCEEDED UNSUPPORTED_FEATURE }

enum OrderTransactionKind { AUTHORIZATION CAPTURE CHANGE EMV_AUTHORIZATION REFUND SALE SUGGESTED_REFUND VOID }

enum OrderTransactionStatus { AWAITING_RESPONSE ERROR FAILURE PENDING SUCCESS UNKNOWN }

type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }

type PricingPercentageValue { percentage: Float! }

union PricingValue = MoneyV2 | PricingPercentageValue

type Product { handle: String! id: ID! legacyResourceId: UnsignedInt64! title: String! }

type ProductVariant { barcode: String displayName: String! id: ID! legacyResourceId: UnsignedInt64!
  selectedOptions: [SelectedOption!]! sku: String title: String! }

type QueryRoot { currentAppInstallation: AppInstallation! order(id: ID!): Order
  orderByIdentifier(identifier: OrderIdentifierInput!): Order
  orders(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: OrderSortKeys = PROCESSED_AT): OrderConnection!
  ordersCount(limit: Int = 10000, query: String): Count publicApiVersions: [ApiVersion!]! shop: Shop! }

type Refund { createdAt: DateTime id: ID! legacyResourceId: UnsignedInt64! note: String
  orderAdjustments(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderAdjustmentConnection!
  processedAt: DateTime!
  refundLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundLineItemConnection!
  refundShippingLines(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundShippingLineConnection!
  return: Return totalRefundedSet: MoneyBag!
  transactions(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderTransactionConnection!
  updatedAt: DateTime! }

type RefundLineItem { id: ID lineItem: LineItem! location: Location priceSet: MoneyBag! quantity: Int!
  restockType: RefundLineItemRestockType! restocked: Boolean! subtotalSet: MoneyBag! totalTaxSet: MoneyBag! }

type RefundLineItemConnection { edges: [RefundLineItemEdge!]! nodes: [RefundLineItem!]! pageInfo: PageInfo! }

type RefundLineItemEdge { cursor: String! node: RefundLineItem! }

enum RefundLineItemRestockType { CANCEL LEGACY_RESTOCK NO_RESTOCK RETURN }

type RefundShippingLine { id: ID! shippingLine: ShippingLine! subtotalAmountSet: MoneyBag! taxAmountSet: MoneyBag! }

type RefundShippingLineConnection { edges: [RefundShippingLineEdge!]! nodes: [RefundShippingLine!]!
  pageInfo: PageInfo! }

type RefundShippingLineEdge { cursor: String! node: RefundShippingLine! }

type Return { id: ID! }

type ScriptDiscountApplication implements DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod!
  index: Int! targetSelection: DiscountApplicationTargetSelection! targetType: DiscountApplicationTargetType!
  title: String! value: PricingValue! }

type SelectedOption { name: String! value: String! }

type ShippingLine { carrierIdentifier: String code: String currentDiscountedPriceSet: MoneyBag! custom: Boolean!
  deliveryCategory: String discountAllocations: [DiscountAllocation!]! discountedPriceSet: MoneyBag! id: ID
  isRemoved: Boolean! originalPriceSet: MoneyBag! phone: String source: String taxLines: [TaxLine!]! title: String! }

type ShippingLineConnection { edges: [ShippingLineEdge!]! nodes: [ShippingLine!]! pageInfo: PageInfo! }

type ShippingLineEdge { cursor: String! node: ShippingLine! }

type Shop { contactEmail: String! createdAt: DateTime! currencyCode: CurrencyCode! currencyFormats: CurrencyFormats!
  description: String email: String! enabledPresentmentCurrencies: [CurrencyCode!]! ianaTimezone: String! id: ID!
  myshopifyDomain: String! name: String! plan: ShopPlan! primaryDomain: Domain! setupRequired: Boolean!
  shopAddress: ShopAddress! shopOwnerName: String! taxShipping: Boolean! taxesIncluded: Boolean!
  timezoneAbbreviation: String! timezoneOffset: String! timezoneOffsetMinutes: Int! unitSystem: UnitSystem!
  updatedAt: DateTime! url: URL! weightUnit: WeightUnit! }

type ShopAddress { address1: String address2: String city: String company: String country: String
  countryCodeV2: CountryCode id: ID! phone: String province: String provinceCode: String zip: String }

type ShopPlan { partnerDevelopment: Boolean! publicDisplayName: String! shopifyPlus: Boolean! }

type TaxLine { channelLiable: Boolean priceSet: MoneyBag! rate: Float ratePercentage: Float source: String
  title: String! }

scalar URL

enum UnitSystem { IMPERIAL_SYSTEM METRIC_SYSTEM }

scalar UnsignedInt64

type Weight { unit: WeightUnit! value: Float! }

enum WeightUnit { GRAMS KILOGRAMS OUNCES POUNDS }
`;

/** Any one of these scopes opens the type or field. */
export const ACCESS_REQUIREMENTS: Readonly<Record<string, readonly string[]>> = {
  AdditionalFee: ['read_orders'],
  CashRoundingAdjustment: ['read_orders', 'read_quick_sale'],
  Customer: ['read_customers'],
  CustomerEmailAddress: ['read_customers'],
  CustomerPhoneNumber: ['read_customers'],
  Duty: ['read_orders'],
  Fulfillment: [
    'read_orders',
    'read_marketplace_orders',
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ],
  FulfillmentLineItem: ['read_orders', 'read_marketplace_orders'],
  FulfillmentTrackingInfo: [
    'read_orders',
    'read_marketplace_orders',
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ],
  LineItem: ['read_orders', 'read_marketplace_orders'],
  Location: ['read_locations', 'read_inventory', 'read_markets_home'],
  'Location.id': ['read_locations', 'read_inventory', 'read_markets_home'],
  'Location.name': ['read_locations', 'read_markets_home'],
  Order: ['read_orders', 'read_marketplace_orders', 'read_quick_sale'],
  OrderAdjustment: ['read_orders', 'read_marketplace_orders'],
  OrderApp: ['read_orders'],
  OrderCancellation: ['read_orders'],
  OrderTransaction: ['read_orders', 'read_marketplace_orders'],
  Product: ['read_products'],
  ProductVariant: ['read_products'],
  'QueryRoot.orderByIdentifier': ['read_orders', 'read_marketplace_orders'],
  'QueryRoot.ordersCount': ['read_orders', 'read_marketplace_orders'],
  Refund: ['read_orders', 'read_marketplace_orders'],
  RefundLineItem: ['read_orders', 'read_marketplace_orders'],
  RefundShippingLine: ['read_orders', 'read_marketplace_orders'],
  Return: ['read_returns', 'read_marketplace_returns'],
};

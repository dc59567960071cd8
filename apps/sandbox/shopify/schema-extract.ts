// Written by scripts/extract-shopify-schema.mjs from the documents in served/; do not edit.

/** The reached part of the Admin schema, version 2026-10. */
export const SCHEMA_EXTRACT = `schema { query: QueryRoot mutation: Mutation }

directive @idempotent(key: String!) on FIELD

type AbandonedCheckout { abandonedCheckoutUrl: URL! billingAddress: MailingAddress completedAt: DateTime
  createdAt: DateTime! customAttributes: [Attribute!]! customer: Customer discountCodes: [String!]! id: ID!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): AbandonedCheckoutLineItemConnection!
  name: String! note: String! shippingAddress: MailingAddress subtotalPriceSet: MoneyBag! taxLines: [TaxLine!]!
  taxesIncluded: Boolean! totalDiscountSet: MoneyBag! totalDutiesSet: MoneyBag totalLineItemsPriceSet: MoneyBag!
  totalPriceSet: MoneyBag! totalTaxSet: MoneyBag updatedAt: DateTime! }

type AbandonedCheckoutConnection { edges: [AbandonedCheckoutEdge!]! nodes: [AbandonedCheckout!]! pageInfo: PageInfo! }

type AbandonedCheckoutEdge { cursor: String! node: AbandonedCheckout! }

type AbandonedCheckoutLineItem { customAttributes: [Attribute!]! discountedTotalPriceSet: MoneyBag!
  discountedTotalPriceWithCodeDiscount: MoneyBag! discountedUnitPriceSet: MoneyBag!
  discountedUnitPriceWithCodeDiscount: MoneyBag! id: ID! originalTotalPriceSet: MoneyBag!
  originalUnitPriceSet: MoneyBag! product: Product quantity: Int! sku: String title: String variant: ProductVariant
  variantTitle: String }

type AbandonedCheckoutLineItemConnection { edges: [AbandonedCheckoutLineItemEdge!]!
  nodes: [AbandonedCheckoutLineItem!]! pageInfo: PageInfo! }

type AbandonedCheckoutLineItemEdge { cursor: String! node: AbandonedCheckoutLineItem! }

enum AbandonedCheckoutSortKeys { CHECKOUT_ID CREATED_AT CUSTOMER_NAME ID RELEVANCE TOTAL_PRICE }

type AccessScope { description: String! handle: String! }

type AdditionalFee { id: ID! name: String! price: MoneyBag! taxLines: [TaxLine!]! }

type AllDiscountItems { allItems: Boolean! }

type ApiVersion { displayName: String! handle: String! supported: Boolean! }

type App { apiKey: String! embedded: Boolean! handle: String id: ID! optionalAccessScopes: [AccessScope!]!
  title: String! webhookApiVersion: String! }

type AppInstallation { accessScopes: [AccessScope!]! app: App! id: ID! launchUrl: URL! }

type AppUninstallAppUninstallError { code: AppUninstallAppUninstallErrorCode field: [String!] message: String! }

enum AppUninstallAppUninstallErrorCode { APP_NOT_FOUND APP_NOT_INSTALLED APP_UNINSTALL_ERROR
  USER_PERMISSIONS_INSUFFICIENT }

type AppUninstallPayload { app: App userErrors: [AppUninstallAppUninstallError!]! }

type Attribute { key: String! value: String }

input AttributeInput { key: String! value: String! }

type AutomaticDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod! index: Int!
  targetSelection: DiscountApplicationTargetSelection! targetType: DiscountApplicationTargetType! title: String!
  value: PricingValue! }

type CashRoundingAdjustment { paymentSet: MoneyBag! refundSet: MoneyBag! }

interface Catalog { id: ID! title: String! }

type Collection { description: String! descriptionHtml: HTML! handle: String! id: ID! image: Image
  legacyResourceId: UnsignedInt64!
  products(after: String, before: String, first: Int, last: Int, reverse: Boolean = false, sortKey: ProductCollectionSortKeys = COLLECTION_DEFAULT): ProductConnection!
  productsCount: Count seo: SEO! sortOrder: CollectionSortOrder! sources: [CollectionSource!]! templateSuffix: String
  title: String! updatedAt: DateTime! }

type CollectionConnection { edges: [CollectionEdge!]! nodes: [Collection!]! pageInfo: PageInfo! }

input CollectionCreateInput { descriptionHtml: String handle: String image: ImageInput metafields: [MetafieldInput!]
  seo: SEOInput sortOrder: CollectionSortOrder templateSuffix: String title: String! }

type CollectionCreatePayload { collection: Collection userErrors: [UserError!]! }

input CollectionDeleteInput { id: ID! }

type CollectionDeletePayload { deletedCollectionId: ID userErrors: [UserError!]! }

type CollectionEdge { cursor: String! node: Collection! }

enum CollectionSortKeys { ID RELEVANCE TITLE UPDATED_AT }

enum CollectionSortOrder { ALPHA_ASC ALPHA_DESC BEST_SELLING CREATED CREATED_DESC MANUAL MOST_RELEVANT PRICE_ASC
  PRICE_DESC }

interface CollectionSource { id: ID! title: String! }

input CollectionUpdateInput { descriptionHtml: String handle: String id: ID image: ImageInput
  metafields: [MetafieldInput!] redirectNewHandle: Boolean = false seo: SEOInput sortOrder: CollectionSortOrder
  templateSuffix: String title: String }

type CollectionUpdatePayload { collection: Collection job: Job userErrors: [UserError!]! }

type Count { count: Int! precision: CountPrecision! }

enum CountPrecision { AT_LEAST EXACT }

enum CountryCode { AC AD AE AF AG AI AL AM AN AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
  BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
  FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
  JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU
  MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PY QA RE RO RS RU RW SA SB SC
  SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US
  UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW ZZ }

input CreateMediaInput { alt: String mediaContentType: MediaContentType! originalSource: String! }

enum CurrencyCode { AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
  BYR @deprecated BZD CAD CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
  GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JEP JMD JOD JPY KES KGS KHR KID KMF KRW KWD KYD KZT LAK LBP
  LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
  PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP STD @deprecated STN SYP SZL THB
  TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USDC UYU UZS VED VEF @deprecated VES VND VUV WST XAF XCD XOF XPF XXX YER
  ZAR ZMW }

type CurrencyFormats { moneyFormat: FormattedString! moneyWithCurrencyFormat: FormattedString! }

type Customer { addresses(first: Int): [MailingAddress!]! @deprecated
  addressesV2(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): MailingAddressConnection!
  amountSpent: MoneyV2! createdAt: DateTime! defaultAddress: MailingAddress defaultEmailAddress: CustomerEmailAddress
  defaultPhoneNumber: CustomerPhoneNumber displayName: String! email: String @deprecated firstName: String id: ID!
  lastName: String legacyResourceId: UnsignedInt64! locale: String! note: String numberOfOrders: UnsignedInt64!
  phone: String @deprecated state: CustomerState! tags: [String!]! taxExempt: Boolean! taxExemptions: [TaxExemption!]!
  updatedAt: DateTime! verifiedEmail: Boolean! }

type CustomerAddressCreatePayload { address: MailingAddress userErrors: [UserError!]! }

type CustomerAddressDeletePayload { deletedAddressId: ID userErrors: [UserError!]! }

type CustomerAddressUpdatePayload { address: MailingAddress userErrors: [UserError!]! }

type CustomerConnection { edges: [CustomerEdge!]! nodes: [Customer!]! pageInfo: PageInfo! }

type CustomerCreatePayload { customer: Customer userErrors: [UserError!]! }

input CustomerDeleteInput { id: ID! }

type CustomerDeletePayload { deletedCustomerId: ID userErrors: [UserError!]! }

type CustomerEdge { cursor: String! node: Customer! }

type CustomerEmailAddress { emailAddress: String! marketingOptInLevel: CustomerMarketingOptInLevel
  marketingState: CustomerEmailAddressMarketingState! marketingUpdatedAt: DateTime validFormat: Boolean! }

enum CustomerEmailAddressMarketingState { INVALID NOT_SUBSCRIBED PENDING SUBSCRIBED UNSUBSCRIBED }

input CustomerEmailMarketingConsentInput { consentUpdatedAt: DateTime marketingOptInLevel: CustomerMarketingOptInLevel
  marketingState: CustomerEmailMarketingState! }

enum CustomerEmailMarketingState { INVALID NOT_SUBSCRIBED PENDING REDACTED SUBSCRIBED UNSUBSCRIBED }

input CustomerIdentifierInput @oneOf { emailAddress: String id: ID phoneNumber: String }

input CustomerInput { addresses: [MailingAddressInput!] email: String
  emailMarketingConsent: CustomerEmailMarketingConsentInput firstName: String id: ID lastName: String locale: String
  metafields: [MetafieldInput!] note: String phone: String tags: [String!] taxExempt: Boolean
  taxExemptions: [TaxExemption!] }

enum CustomerMarketingOptInLevel { CONFIRMED_OPT_IN SINGLE_OPT_IN UNKNOWN }

type CustomerPhoneNumber { marketingState: CustomerSmsMarketingState! @deprecated phoneNumber: String! }

enum CustomerSmsMarketingState { NOT_SUBSCRIBED PENDING REDACTED SUBSCRIBED UNSUBSCRIBED }

enum CustomerSortKeys { CREATED_AT ID LOCATION NAME RELEVANCE UPDATED_AT }

enum CustomerState { DECLINED DISABLED ENABLED INVITED }

type CustomerUpdatePayload { customer: Customer userErrors: [UserError!]! }

scalar DateTime

scalar Decimal

union Discount = DiscountAutomaticApp | DiscountAutomaticBasic | DiscountAutomaticBxgy | DiscountAutomaticFreeShipping | DiscountCodeApp | DiscountCodeBasic | DiscountCodeBxgy | DiscountCodeFreeShipping

type DiscountAllocation { allocatedAmountSet: MoneyBag! discountApplication: DiscountApplication! }

type DiscountAmount { amount: MoneyV2! appliesOnEachItem: Boolean! }

input DiscountAmountInput { amount: Decimal appliesOnEachItem: Boolean }

interface DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod! index: Int!
  targetSelection: DiscountApplicationTargetSelection! targetType: DiscountApplicationTargetType! value: PricingValue!
}

enum DiscountApplicationAllocationMethod { ACROSS EACH ONE @deprecated }

type DiscountApplicationConnection { edges: [DiscountApplicationEdge!]! nodes: [DiscountApplication!]!
  pageInfo: PageInfo! }

type DiscountApplicationEdge { cursor: String! node: DiscountApplication! }

enum DiscountApplicationTargetSelection { ALL ENTITLED EXPLICIT }

enum DiscountApplicationTargetType { LINE_ITEM SHIPPING_LINE }

type DiscountAutomaticApp { asyncUsageCount: Int! combinesWith: DiscountCombinesWith! createdAt: DateTime!
  discountClasses: [DiscountClass!]! discountId: ID! endsAt: DateTime startsAt: DateTime! status: DiscountStatus!
  tags: [String!]! title: String! updatedAt: DateTime! }

type DiscountAutomaticBasic { asyncUsageCount: Int! combinesWith: DiscountCombinesWith! createdAt: DateTime!
  customerGets: DiscountCustomerGets! discountClasses: [DiscountClass!]! endsAt: DateTime
  minimumRequirement: DiscountMinimumRequirement shortSummary: String! startsAt: DateTime! status: DiscountStatus!
  summary: String! tags: [String!]! title: String! updatedAt: DateTime! }

type DiscountAutomaticBxgy { asyncUsageCount: Int! combinesWith: DiscountCombinesWith! createdAt: DateTime!
  discountClasses: [DiscountClass!]! endsAt: DateTime startsAt: DateTime! status: DiscountStatus! summary: String!
  tags: [String!]! title: String! updatedAt: DateTime! }

type DiscountAutomaticFreeShipping { asyncUsageCount: Int! combinesWith: DiscountCombinesWith! createdAt: DateTime!
  discountClasses: [DiscountClass!]! endsAt: DateTime minimumRequirement: DiscountMinimumRequirement
  startsAt: DateTime! status: DiscountStatus! summary: String! tags: [String!]! title: String! updatedAt: DateTime! }

enum DiscountBuyerSelection { ALL }

enum DiscountClass { ORDER PRODUCT SHIPPING }

union DiscountCode = DiscountCodeApp | DiscountCodeBasic | DiscountCodeBxgy | DiscountCodeFreeShipping

type DiscountCodeActivatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

type DiscountCodeApp { appliesOncePerCustomer: Boolean! asyncUsageCount: Int!
  codes(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: DiscountCodeSortKeys = ID): DiscountRedeemCodeConnection!
  codesCount: Count combinesWith: DiscountCombinesWith! createdAt: DateTime! discountClasses: [DiscountClass!]!
  discountId: ID! endsAt: DateTime startsAt: DateTime! status: DiscountStatus! tags: [String!]! title: String!
  updatedAt: DateTime! usageLimit: Int }

type DiscountCodeApplication implements DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod!
  code: String! index: Int! targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType! value: PricingValue! }

type DiscountCodeBasic { appliesOncePerCustomer: Boolean! asyncUsageCount: Int!
  codes(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: DiscountCodeSortKeys = ID): DiscountRedeemCodeConnection!
  codesCount: Count combinesWith: DiscountCombinesWith! createdAt: DateTime! customerGets: DiscountCustomerGets!
  discountClasses: [DiscountClass!]! endsAt: DateTime minimumRequirement: DiscountMinimumRequirement
  shortSummary: String! startsAt: DateTime! status: DiscountStatus! summary: String! tags: [String!]! title: String!
  updatedAt: DateTime! usageLimit: Int }

type DiscountCodeBasicCreatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

input DiscountCodeBasicInput { appliesOncePerCustomer: Boolean code: String combinesWith: DiscountCombinesWithInput
  context: DiscountContextInput customerGets: DiscountCustomerGetsInput endsAt: DateTime
  minimumRequirement: DiscountMinimumRequirementInput recurringCycleLimit: Int startsAt: DateTime tags: [String!]
  title: String usageLimit: Int }

type DiscountCodeBasicUpdatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

type DiscountCodeBxgy { appliesOncePerCustomer: Boolean! asyncUsageCount: Int!
  codes(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: DiscountCodeSortKeys = ID): DiscountRedeemCodeConnection!
  codesCount: Count combinesWith: DiscountCombinesWith! createdAt: DateTime! customerGets: DiscountCustomerGets!
  discountClasses: [DiscountClass!]! endsAt: DateTime startsAt: DateTime! status: DiscountStatus! summary: String!
  tags: [String!]! title: String! updatedAt: DateTime! usageLimit: Int }

type DiscountCodeDeactivatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

type DiscountCodeDeletePayload { deletedCodeDiscountId: ID userErrors: [DiscountUserError!]! }

type DiscountCodeFreeShipping { appliesOncePerCustomer: Boolean! asyncUsageCount: Int!
  codes(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: DiscountCodeSortKeys = ID): DiscountRedeemCodeConnection!
  codesCount: Count combinesWith: DiscountCombinesWith! createdAt: DateTime! discountClasses: [DiscountClass!]!
  endsAt: DateTime maximumShippingPrice: MoneyV2 minimumRequirement: DiscountMinimumRequirement shortSummary: String!
  startsAt: DateTime! status: DiscountStatus! summary: String! tags: [String!]! title: String! updatedAt: DateTime!
  usageLimit: Int }

type DiscountCodeFreeShippingCreatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

input DiscountCodeFreeShippingInput { appliesOncePerCustomer: Boolean code: String
  combinesWith: DiscountCombinesWithInput context: DiscountContextInput
  destination: DiscountShippingDestinationSelectionInput endsAt: DateTime maximumShippingPrice: Decimal
  minimumRequirement: DiscountMinimumRequirementInput startsAt: DateTime tags: [String!] title: String usageLimit: Int
}

type DiscountCodeFreeShippingUpdatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

type DiscountCodeNode { codeDiscount: DiscountCode! id: ID! }

enum DiscountCodeSortKeys { CODE CREATED_AT ID RELEVANCE }

type DiscountCollections {
  collections(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): CollectionConnection! }

input DiscountCollectionsInput { add: [ID!] remove: [ID!] }

type DiscountCombinesWith { orderDiscounts: Boolean! productDiscounts: Boolean! shippingDiscounts: Boolean! }

input DiscountCombinesWithInput { orderDiscounts: Boolean = false productDiscounts: Boolean = false
  shippingDiscounts: Boolean = false }

input DiscountContextInput @oneOf { all: DiscountBuyerSelection }

type DiscountCustomerGets { items: DiscountItems! value: DiscountCustomerGetsValue! }

input DiscountCustomerGetsInput { items: DiscountItemsInput value: DiscountCustomerGetsValueInput }

union DiscountCustomerGetsValue = DiscountAmount | DiscountOnQuantity | DiscountPercentage

input DiscountCustomerGetsValueInput { discountAmount: DiscountAmountInput percentage: Float }

union DiscountEffect = DiscountPercentage

enum DiscountErrorCode { ACTIVE_PERIOD_OVERLAP APPLIES_ON_NOTHING BLANK CONFLICT
  DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES DUPLICATE END_DATE_BEFORE_START_DATE EQUAL_TO EXCEEDED_MAX GREATER_THAN
  GREATER_THAN_OR_EQUAL_TO IMPLICIT_DUPLICATE INCLUSION INTERNAL_ERROR INVALID
  INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE
  INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE
  INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS
  INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS INVALID_TAG_LENGTH LESS_THAN
  LESS_THAN_OR_EQUAL_TO MAX_APP_DISCOUNTS MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT MISSING_ARGUMENT
  MISSING_FUNCTION_IDENTIFIER MULTIPLE_FUNCTION_IDENTIFIERS MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS
  PRESENT PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER TAKEN
  TOO_LONG TOO_MANY_ARGUMENTS TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE TOO_MANY_TAGS TOO_SHORT
  VALUE_OUTSIDE_RANGE }

union DiscountItems = AllDiscountItems | DiscountCollections | DiscountProducts

input DiscountItemsInput { all: Boolean collections: DiscountCollectionsInput products: DiscountProductsInput }

type DiscountMinimumQuantity { greaterThanOrEqualToQuantity: UnsignedInt64! }

input DiscountMinimumQuantityInput { greaterThanOrEqualToQuantity: UnsignedInt64 }

union DiscountMinimumRequirement = DiscountMinimumQuantity | DiscountMinimumSubtotal

input DiscountMinimumRequirementInput { quantity: DiscountMinimumQuantityInput subtotal: DiscountMinimumSubtotalInput
}

type DiscountMinimumSubtotal { greaterThanOrEqualToSubtotal: MoneyV2! }

input DiscountMinimumSubtotalInput { greaterThanOrEqualToSubtotal: Decimal }

type DiscountNode { discount: Discount! id: ID! }

type DiscountNodeConnection { edges: [DiscountNodeEdge!]! nodes: [DiscountNode!]! pageInfo: PageInfo! }

type DiscountNodeEdge { cursor: String! node: DiscountNode! }

type DiscountOnQuantity { effect: DiscountEffect! quantity: DiscountQuantity! }

type DiscountPercentage { percentage: Float! }

type DiscountProducts {
  products(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ProductConnection! }

input DiscountProductsInput { productVariantsToAdd: [ID!] productVariantsToRemove: [ID!] productsToAdd: [ID!]
  productsToRemove: [ID!] }

type DiscountQuantity { quantity: UnsignedInt64! }

type DiscountRedeemCode { asyncUsageCount: Int! code: String! id: ID! }

type DiscountRedeemCodeConnection { edges: [DiscountRedeemCodeEdge!]! nodes: [DiscountRedeemCode!]!
  pageInfo: PageInfo! }

type DiscountRedeemCodeEdge { cursor: String! node: DiscountRedeemCode! }

input DiscountShippingDestinationSelectionInput { all: Boolean = false }

enum DiscountSortKeys { CREATED_AT ENDS_AT ID RELEVANCE STARTS_AT TITLE UPDATED_AT }

enum DiscountStatus { ACTIVE EXPIRED SCHEDULED }

type DiscountUserError { code: DiscountErrorCode extraInfo: String field: [String!] message: String! }

type Domain { host: String! id: ID! sslEnabled: Boolean! url: URL! }

type Duty { countryCodeOfOrigin: CountryCode harmonizedSystemCode: String id: ID! price: MoneyBag!
  taxLines: [TaxLine!]! }

enum FileContentType { EXTERNAL_VIDEO FILE IMAGE MODEL_3D VIDEO }

input FileSetInput { alt: String contentType: FileContentType filename: String id: ID originalSource: String }

scalar FormattedString

type Fulfillment { createdAt: DateTime! deliveredAt: DateTime displayStatus: FulfillmentDisplayStatus
  estimatedDeliveryAt: DateTime
  events(after: String, before: String, first: Int, last: Int, reverse: Boolean = false, sortKey: FulfillmentEventSortKeys = HAPPENED_AT): FulfillmentEventConnection!
  fulfillmentLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentLineItemConnection!
  fulfillmentOrders(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderConnection!
  id: ID! inTransitAt: DateTime legacyResourceId: UnsignedInt64! location: Location name: String! order: Order!
  originAddress: FulfillmentOriginAddress requiresShipping: Boolean! service: FulfillmentService
  status: FulfillmentStatus! totalQuantity: Int! trackingInfo(first: Int): [FulfillmentTrackingInfo!]!
  updatedAt: DateTime! }

type FulfillmentCancelPayload { fulfillment: Fulfillment userErrors: [UserError!]! }

type FulfillmentConnection { edges: [FulfillmentEdge!]! nodes: [Fulfillment!]! pageInfo: PageInfo! }

type FulfillmentCreatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }

enum FulfillmentDisplayStatus { ATTEMPTED_DELIVERY CANCELED CARRIER_PICKED_UP CONFIRMED DELAYED DELIVERED FAILURE
  FULFILLED IN_TRANSIT LABEL_PRINTED LABEL_PURCHASED LABEL_VOIDED MARKED_AS_FULFILLED NOT_DELIVERED OUT_FOR_DELIVERY
  PICKED_UP READY_FOR_PICKUP SUBMITTED }

type FulfillmentEdge { cursor: String! node: Fulfillment! }

type FulfillmentEvent { address1: String city: String country: String createdAt: DateTime!
  estimatedDeliveryAt: DateTime happenedAt: DateTime! id: ID! latitude: Float longitude: Float message: String
  province: String status: FulfillmentEventStatus! zip: String }

type FulfillmentEventConnection { edges: [FulfillmentEventEdge!]! nodes: [FulfillmentEvent!]! pageInfo: PageInfo! }

type FulfillmentEventCreatePayload { fulfillmentEvent: FulfillmentEvent userErrors: [UserError!]! }

type FulfillmentEventEdge { cursor: String! node: FulfillmentEvent! }

input FulfillmentEventInput { address1: String city: String country: String estimatedDeliveryAt: DateTime
  fulfillmentId: ID! happenedAt: DateTime latitude: Float longitude: Float message: String province: String
  status: FulfillmentEventStatus! zip: String }

enum FulfillmentEventSortKeys { HAPPENED_AT ID }

enum FulfillmentEventStatus { ATTEMPTED_DELIVERY CARRIER_PICKED_UP CONFIRMED DELAYED DELIVERED FAILURE IN_TRANSIT
  LABEL_PRINTED LABEL_PURCHASED OUT_FOR_DELIVERY READY_FOR_PICKUP }

type FulfillmentHold { displayReason: String! handle: String heldByRequestingApp: Boolean! id: ID!
  reason: FulfillmentHoldReason! reasonNotes: String }

enum FulfillmentHoldReason { AWAITING_PAYMENT AWAITING_RETURN_ITEMS HIGH_RISK_OF_FRAUD INCORRECT_ADDRESS
  INVENTORY_OUT_OF_STOCK ONLINE_STORE_POST_PURCHASE_CROSS_SELL OTHER UNKNOWN_DELIVERY_DATE }

input FulfillmentInput { lineItemsByFulfillmentOrder: [FulfillmentOrderLineItemsInput!]!
  notifyCustomer: Boolean = false originAddress: FulfillmentOriginAddressInput trackingInfo: FulfillmentTrackingInput
}

type FulfillmentLineItem { discountedTotalSet: MoneyBag! id: ID! lineItem: LineItem! originalTotalSet: MoneyBag!
  quantity: Int }

type FulfillmentLineItemConnection { edges: [FulfillmentLineItemEdge!]! nodes: [FulfillmentLineItem!]!
  pageInfo: PageInfo! }

type FulfillmentLineItemEdge { cursor: String! node: FulfillmentLineItem! }

type FulfillmentOrder { assignedLocation: FulfillmentOrderAssignedLocation! createdAt: DateTime!
  destination: FulfillmentOrderDestination fulfillAt: DateTime fulfillBy: DateTime
  fulfillmentHolds: [FulfillmentHold!]!
  fulfillments(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentConnection!
  id: ID!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderLineItemConnection!
  order: Order! orderId: ID! orderName: String! orderProcessedAt: DateTime!
  requestStatus: FulfillmentOrderRequestStatus! status: FulfillmentOrderStatus!
  supportedActions: [FulfillmentOrderSupportedAction!]! updatedAt: DateTime! }

enum FulfillmentOrderAction { CANCEL_FULFILLMENT_ORDER CREATE_FULFILLMENT EXTERNAL HOLD MARK_AS_OPEN MERGE MOVE
  RELEASE_HOLD REPORT_PROGRESS REQUEST_CANCELLATION REQUEST_FULFILLMENT SPLIT }

type FulfillmentOrderAssignedLocation { address1: String address2: String city: String countryCode: CountryCode!
  location: Location name: String! phone: String province: String zip: String }

type FulfillmentOrderConnection { edges: [FulfillmentOrderEdge!]! nodes: [FulfillmentOrder!]! pageInfo: PageInfo! }

type FulfillmentOrderDestination { address1: String address2: String city: String company: String
  countryCode: CountryCode email: String firstName: String id: ID! lastName: String phone: String province: String
  zip: String }

type FulfillmentOrderEdge { cursor: String! node: FulfillmentOrder! }

input FulfillmentOrderHoldInput { externalId: String handle: String = "" notifyMerchant: Boolean = false
  reason: FulfillmentHoldReason! reasonNotes: String }

type FulfillmentOrderHoldPayload { fulfillmentHold: FulfillmentHold fulfillmentOrder: FulfillmentOrder
  remainingFulfillmentOrder: FulfillmentOrder userErrors: [FulfillmentOrderHoldUserError!]! }

type FulfillmentOrderHoldUserError { code: FulfillmentOrderHoldUserErrorCode field: [String!] message: String! }

enum FulfillmentOrderHoldUserErrorCode { DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS DUPLICATE_FULFILLMENT_HOLD_HANDLE
  FULFILLMENT_ORDER_HOLD_LIMIT_REACHED FULFILLMENT_ORDER_NOT_FOUND FULFILLMENT_ORDER_NOT_SPLITTABLE GREATER_THAN_ZERO
  INVALID_LINE_ITEM_QUANTITY TAKEN }

type FulfillmentOrderLineItem { id: ID! lineItem: LineItem! productTitle: String! remainingQuantity: Int!
  requiresShipping: Boolean! sku: String totalQuantity: Int! variant: ProductVariant variantTitle: String
  vendor: String }

type FulfillmentOrderLineItemConnection { edges: [FulfillmentOrderLineItemEdge!]! nodes: [FulfillmentOrderLineItem!]!
  pageInfo: PageInfo! }

type FulfillmentOrderLineItemEdge { cursor: String! node: FulfillmentOrderLineItem! }

input FulfillmentOrderLineItemInput { id: ID! quantity: Int! }

input FulfillmentOrderLineItemsInput { fulfillmentOrderId: ID!
  fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!] }

type FulfillmentOrderReleaseHoldPayload { fulfillmentOrder: FulfillmentOrder
  userErrors: [FulfillmentOrderReleaseHoldUserError!]! }

type FulfillmentOrderReleaseHoldUserError { code: FulfillmentOrderReleaseHoldUserErrorCode field: [String!]
  message: String! }

enum FulfillmentOrderReleaseHoldUserErrorCode { FULFILLMENT_ORDER_NOT_FOUND INVALID_ACCESS }

enum FulfillmentOrderRequestStatus { ACCEPTED CANCELLATION_ACCEPTED CANCELLATION_REJECTED CANCELLATION_REQUESTED
  CLOSED REJECTED SUBMITTED UNSUBMITTED }

enum FulfillmentOrderSortKeys { ID UPDATED_AT }

enum FulfillmentOrderStatus { CANCELLED CLOSED INCOMPLETE IN_PROGRESS ON_HOLD OPEN SCHEDULED }

type FulfillmentOrderSupportedAction { action: FulfillmentOrderAction! externalUrl: URL }

type FulfillmentOriginAddress { address1: String address2: String city: String countryCode: String!
  provinceCode: String zip: String }

input FulfillmentOriginAddressInput { address1: String address2: String city: String countryCode: String!
  provinceCode: String zip: String }

type FulfillmentService { handle: String! id: ID! serviceName: String! type: FulfillmentServiceType! }

enum FulfillmentServiceType { GIFT_CARD MANUAL THIRD_PARTY }

enum FulfillmentStatus { CANCELLED ERROR FAILURE OPEN @deprecated PENDING @deprecated SUCCESS }

type FulfillmentTrackingInfo { company: String number: String url: URL }

type FulfillmentTrackingInfoUpdatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }

input FulfillmentTrackingInput { company: String number: String numbers: [String!] url: URL urls: [URL!] }

scalar HTML

type Image { altText: String height: Int url: URL! width: Int }

input ImageInput { altText: String src: String }

type InventoryActivatePayload { inventoryLevel: InventoryLevel userErrors: [UserError!]! }

input InventoryAdjustQuantitiesInput { changes: [InventoryChangeInput!]! name: String! reason: String!
  referenceDocumentUri: String }

type InventoryAdjustQuantitiesPayload { inventoryAdjustmentGroup: InventoryAdjustmentGroup
  userErrors: [InventoryAdjustQuantitiesUserError!]! }

type InventoryAdjustQuantitiesUserError { code: InventoryAdjustQuantitiesUserErrorCode field: [String!]
  message: String! }

enum InventoryAdjustQuantitiesUserErrorCode { ADJUST_QUANTITIES_FAILED CHANGE_FROM_QUANTITY_STALE
  IDEMPOTENCY_CONCURRENT_REQUEST IDEMPOTENCY_KEY_PARAMETER_MISMATCH IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED
  INTERNAL_LEDGER_DOCUMENT INVALID_AVAILABLE_DOCUMENT INVALID_INVENTORY_ITEM INVALID_LEDGER_DOCUMENT INVALID_LOCATION
  INVALID_QUANTITY_DOCUMENT INVALID_QUANTITY_NAME INVALID_QUANTITY_TOO_HIGH INVALID_QUANTITY_TOO_LOW INVALID_REASON
  INVALID_REFERENCE_DOCUMENT MAX_ONE_LEDGER_DOCUMENT NON_MUTABLE_INVENTORY_ITEM SERVICE_UNAVAILABLE }

type InventoryAdjustmentGroup { changes: [InventoryChange!]! createdAt: DateTime! id: ID! reason: String!
  referenceDocumentUri: String }

type InventoryChange { delta: Int! item: InventoryItem location: Location name: String! quantityAfterChange: Int }

input InventoryChangeInput { changeFromQuantity: Int delta: Int! inventoryItemId: ID! ledgerDocumentUri: String
  locationId: ID! }

type InventoryItem { countryCodeOfOrigin: CountryCode createdAt: DateTime! harmonizedSystemCode: String id: ID!
  inventoryLevel(includeInactive: Boolean = false, locationId: ID!): InventoryLevel
  inventoryLevels(after: String, before: String, first: Int, includeInactive: Boolean = false, last: Int, reverse: Boolean = false): InventoryLevelConnection!
  legacyResourceId: UnsignedInt64! measurement: InventoryItemMeasurement! provinceCodeOfOrigin: String
  requiresShipping: Boolean! sku: String tracked: Boolean! unitCost: MoneyV2 updatedAt: DateTime!
  variant: ProductVariant! @deprecated
  variants(after: String, before: String, first: Int, last: Int): ProductVariantConnection }

type InventoryItemConnection { edges: [InventoryItemEdge!]! nodes: [InventoryItem!]! pageInfo: PageInfo! }

type InventoryItemEdge { cursor: String! node: InventoryItem! }

input InventoryItemInput { cost: Decimal countryCodeOfOrigin: CountryCode harmonizedSystemCode: String
  measurement: InventoryItemMeasurementInput provinceCodeOfOrigin: String requiresShipping: Boolean sku: String
  tracked: Boolean }

type InventoryItemMeasurement { weight: Weight }

input InventoryItemMeasurementInput { weight: WeightInput }

type InventoryItemUpdatePayload { inventoryItem: InventoryItem userErrors: [UserError!]! }

type InventoryLevel { createdAt: DateTime! id: ID! isActive: Boolean! item: InventoryItem! location: Location!
  quantities(names: [String!]!): [InventoryQuantity!]! updatedAt: DateTime! }

type InventoryLevelConnection { edges: [InventoryLevelEdge!]! nodes: [InventoryLevel!]! pageInfo: PageInfo! }

type InventoryLevelEdge { cursor: String! node: InventoryLevel! }

input InventoryLevelInput { availableQuantity: Int! locationId: ID! }

type InventoryQuantity { id: ID! name: String! quantity: Int! updatedAt: DateTime }

input InventoryQuantityInput { changeFromQuantity: Int inventoryItemId: ID! locationId: ID! quantity: Int! }

input InventorySetQuantitiesInput { name: String! quantities: [InventoryQuantityInput!]! reason: String!
  referenceDocumentUri: String }

type InventorySetQuantitiesPayload { inventoryAdjustmentGroup: InventoryAdjustmentGroup
  userErrors: [InventorySetQuantitiesUserError!]! }

type InventorySetQuantitiesUserError { code: InventorySetQuantitiesUserErrorCode field: [String!] message: String! }

enum InventorySetQuantitiesUserErrorCode { CHANGE_FROM_QUANTITY_STALE COMPARE_QUANTITY_REQUIRED COMPARE_QUANTITY_STALE
  IDEMPOTENCY_CONCURRENT_REQUEST IDEMPOTENCY_KEY_PARAMETER_MISMATCH IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED
  INVALID_INVENTORY_ITEM INVALID_LOCATION INVALID_NAME INVALID_QUANTITY_NEGATIVE INVALID_QUANTITY_TOO_HIGH
  INVALID_QUANTITY_TOO_LOW INVALID_REASON INVALID_REFERENCE_DOCUMENT NON_MUTABLE_INVENTORY_ITEM
  NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR }

scalar JSON

type Job { done: Boolean! id: ID! }

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

input LocalizedFieldInput { key: LocalizedFieldKey! value: String! }

enum LocalizedFieldKey { SHIPPING_CREDENTIAL_BR SHIPPING_CREDENTIAL_CL SHIPPING_CREDENTIAL_CN SHIPPING_CREDENTIAL_CO
  SHIPPING_CREDENTIAL_CR SHIPPING_CREDENTIAL_EC SHIPPING_CREDENTIAL_ES SHIPPING_CREDENTIAL_GT SHIPPING_CREDENTIAL_ID
  SHIPPING_CREDENTIAL_KR SHIPPING_CREDENTIAL_MX SHIPPING_CREDENTIAL_MY SHIPPING_CREDENTIAL_PE SHIPPING_CREDENTIAL_PT
  SHIPPING_CREDENTIAL_PY SHIPPING_CREDENTIAL_TR SHIPPING_CREDENTIAL_TW SHIPPING_CREDENTIAL_TYPE_CO TAX_CREDENTIAL_BR
  TAX_CREDENTIAL_CL TAX_CREDENTIAL_CO TAX_CREDENTIAL_CR TAX_CREDENTIAL_EC TAX_CREDENTIAL_ES TAX_CREDENTIAL_GT
  TAX_CREDENTIAL_ID TAX_CREDENTIAL_IT TAX_CREDENTIAL_MX TAX_CREDENTIAL_MY TAX_CREDENTIAL_PE TAX_CREDENTIAL_PT
  TAX_CREDENTIAL_PY TAX_CREDENTIAL_TR TAX_CREDENTIAL_TYPE_CO TAX_CREDENTIAL_TYPE_MX TAX_CREDENTIAL_USE_MX TAX_EMAIL_IT
}

type Location { address: LocationAddress! createdAt: DateTime! fulfillsOnlineOrders: Boolean! id: ID!
  isActive: Boolean! isFulfillmentService: Boolean! legacyResourceId: UnsignedInt64! name: String!
  shipsInventory: Boolean! updatedAt: DateTime! }

type LocationAddress { address1: String address2: String city: String country: String countryCode: String
  phone: String province: String provinceCode: String zip: String }

type LocationConnection { edges: [LocationEdge!]! nodes: [Location!]! pageInfo: PageInfo! }

type LocationEdge { cursor: String! node: Location! }

enum LocationSortKeys { ID NAME RELEVANCE }

type MailingAddress { address1: String address2: String city: String company: String country: String
  countryCodeV2: CountryCode firstName: String
  formatted(withCompany: Boolean = true, withName: Boolean = false): [String!]! formattedArea: String id: ID!
  lastName: String name: String phone: String province: String provinceCode: String zip: String }

type MailingAddressConnection { edges: [MailingAddressEdge!]! nodes: [MailingAddress!]! pageInfo: PageInfo! }

type MailingAddressEdge { cursor: String! node: MailingAddress! }

input MailingAddressInput { address1: String address2: String city: String company: String country: String
  countryCode: CountryCode firstName: String lastName: String phone: String province: String provinceCode: String
  zip: String }

type ManualDiscountApplication implements DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod!
  description: String index: Int! targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType! title: String! value: PricingValue! }

interface Media { alt: String id: ID! mediaContentType: MediaContentType! status: MediaStatus! }

type MediaConnection { edges: [MediaEdge!]! nodes: [Media!]! pageInfo: PageInfo! }

enum MediaContentType { EXTERNAL_VIDEO IMAGE MODEL_3D VIDEO }

type MediaEdge { cursor: String! node: Media! }

type MediaImage implements Media { alt: String id: ID! image: Image mediaContentType: MediaContentType!
  status: MediaStatus! }

enum MediaStatus { FAILED PROCESSING READY UPLOADED }

input MetafieldInput { id: ID key: String namespace: String type: String value: String }

scalar Money

type MoneyBag { presentmentMoney: MoneyV2! shopMoney: MoneyV2! }

input MoneyBagInput { presentmentMoney: MoneyInput shopMoney: MoneyInput! }

input MoneyInput { amount: Decimal! currencyCode: CurrencyCode! }

type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }

type Mutation { appUninstall: AppUninstallPayload
  collectionCreate(collection: CollectionCreateInput): CollectionCreatePayload
  collectionDelete(input: CollectionDeleteInput!): CollectionDeletePayload
  collectionUpdate(collection: CollectionUpdateInput): CollectionUpdatePayload
  customerAddressCreate(address: MailingAddressInput!, customerId: ID!, setAsDefault: Boolean): CustomerAddressCreatePayload
  customerAddressDelete(addressId: ID!, customerId: ID!): CustomerAddressDeletePayload
  customerAddressUpdate(address: MailingAddressInput!, addressId: ID!, customerId: ID!, setAsDefault: Boolean): CustomerAddressUpdatePayload
  customerCreate(input: CustomerInput!): CustomerCreatePayload
  customerDelete(input: CustomerDeleteInput!): CustomerDeletePayload
  customerUpdate(input: CustomerInput!): CustomerUpdatePayload
  discountCodeActivate(id: ID!): DiscountCodeActivatePayload
  discountCodeBasicCreate(basicCodeDiscount: DiscountCodeBasicInput!): DiscountCodeBasicCreatePayload
  discountCodeBasicUpdate(basicCodeDiscount: DiscountCodeBasicInput!, id: ID!): DiscountCodeBasicUpdatePayload
  discountCodeDeactivate(id: ID!): DiscountCodeDeactivatePayload
  discountCodeDelete(id: ID!): DiscountCodeDeletePayload
  discountCodeFreeShippingCreate(freeShippingCodeDiscount: DiscountCodeFreeShippingInput!): DiscountCodeFreeShippingCreatePayload
  discountCodeFreeShippingUpdate(freeShippingCodeDiscount: DiscountCodeFreeShippingInput!, id: ID!): DiscountCodeFreeShippingUpdatePayload
  fulfillmentCancel(id: ID!): FulfillmentCancelPayload
  fulfillmentCreate(fulfillment: FulfillmentInput!, message: String): FulfillmentCreatePayload
  fulfillmentEventCreate(fulfillmentEvent: FulfillmentEventInput!): FulfillmentEventCreatePayload
  fulfillmentOrderHold(fulfillmentHold: FulfillmentOrderHoldInput!, id: ID!): FulfillmentOrderHoldPayload
  fulfillmentOrderReleaseHold(externalId: String, holdIds: [ID!], id: ID!): FulfillmentOrderReleaseHoldPayload
  fulfillmentTrackingInfoUpdate(fulfillmentId: ID!, notifyCustomer: Boolean, trackingInfoInput: FulfillmentTrackingInput!): FulfillmentTrackingInfoUpdatePayload
  inventoryActivate(available: Int, inventoryItemId: ID!, locationId: ID!, onHand: Int): InventoryActivatePayload
  inventoryAdjustQuantities(input: InventoryAdjustQuantitiesInput!): InventoryAdjustQuantitiesPayload
  inventoryItemUpdate(id: ID!, input: InventoryItemInput!): InventoryItemUpdatePayload
  inventorySetQuantities(input: InventorySetQuantitiesInput!): InventorySetQuantitiesPayload
  orderCancel(notifyCustomer: Boolean = false, orderId: ID!, reason: OrderCancelReason!, refund: Boolean, refundMethod: OrderCancelRefundMethodInput, restock: Boolean!, staffNote: String = null): OrderCancelPayload
  orderCapture(input: OrderCaptureInput!): OrderCapturePayload orderClose(input: OrderCloseInput!): OrderClosePayload
  orderCreate(options: OrderCreateOptionsInput, order: OrderCreateOrderInput!): OrderCreatePayload
  orderDelete(orderId: ID!): OrderDeletePayload orderMarkAsPaid(input: OrderMarkAsPaidInput!): OrderMarkAsPaidPayload
  orderOpen(input: OrderOpenInput!): OrderOpenPayload orderUpdate(input: OrderInput!): OrderUpdatePayload
  productCreate(media: [CreateMediaInput!], product: ProductCreateInput): ProductCreatePayload
  productDelete(input: ProductDeleteInput!, synchronous: Boolean = true): ProductDeletePayload
  productSet(identifier: ProductSetIdentifiers, input: ProductSetInput!, synchronous: Boolean = true): ProductSetPayload
  productUpdate(media: [CreateMediaInput!], product: ProductUpdateInput): ProductUpdatePayload
  productVariantsBulkCreate(productId: ID!, strategy: ProductVariantsBulkCreateStrategy = DEFAULT, variants: [ProductVariantsBulkInput!]!): ProductVariantsBulkCreatePayload
  productVariantsBulkDelete(productId: ID!, variantsIds: [ID!]!): ProductVariantsBulkDeletePayload
  productVariantsBulkUpdate(allowPartialUpdates: Boolean = false, productId: ID!, variants: [ProductVariantsBulkInput!]!): ProductVariantsBulkUpdatePayload
  publishablePublish(id: ID!, input: [PublicationInput!]!): PublishablePublishPayload
  publishableUnpublish(id: ID!, input: [PublicationInput!]!): PublishableUnpublishPayload
  refundCreate(input: RefundInput!): RefundCreatePayload
  returnApproveRequest(input: ReturnApproveRequestInput!): ReturnApproveRequestPayload
  returnCancel(id: ID!, notifyCustomer: Boolean = false): ReturnCancelPayload returnClose(id: ID!): ReturnClosePayload
  returnCreate(returnInput: ReturnInput!): ReturnCreatePayload
  returnDeclineRequest(input: ReturnDeclineRequestInput!): ReturnDeclineRequestPayload
  returnReopen(id: ID!): ReturnReopenPayload returnRequest(input: ReturnRequestInput!): ReturnRequestPayload
  transactionVoid(parentTransactionId: ID!): TransactionVoidPayload
  webhookSubscriptionCreate(topic: WebhookSubscriptionTopic!, webhookSubscription: WebhookSubscriptionInput!): WebhookSubscriptionCreatePayload
  webhookSubscriptionDelete(id: ID!): WebhookSubscriptionDeletePayload
  webhookSubscriptionUpdate(id: ID!, webhookSubscription: WebhookSubscriptionInput!): WebhookSubscriptionUpdatePayload
}

input OptionCreateInput { name: String position: Int values: [OptionValueCreateInput!] }

input OptionSetInput { id: ID name: String position: Int values: [OptionValueSetInput!] }

input OptionValueCreateInput { name: String }

input OptionValueSetInput { id: ID name: String }

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
  fulfillmentOrders(after: String, before: String, displayable: Boolean = false, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderConnection!
  fulfillments(first: Int): [Fulfillment!]! fulfillmentsCount: Count fullyPaid: Boolean! id: ID!
  legacyResourceId: UnsignedInt64!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): LineItemConnection!
  name: String! netPaymentSet: MoneyBag! note: String number: Int! originalTotalAdditionalFeesSet: MoneyBag
  originalTotalDutiesSet: MoneyBag originalTotalPriceSet: MoneyBag! paymentGatewayNames: [String!]! phone: String
  poNumber: String presentmentCurrencyCode: CurrencyCode! processedAt: DateTime! refundDiscrepancySet: MoneyBag!
  refundable: Boolean! refunds(first: Int): [Refund!]! registeredSourceUrl: URL requiresShipping: Boolean!
  restockable: Boolean! returnStatus: OrderReturnStatus!
  returns(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReturnConnection!
  shippingAddress: MailingAddress shippingLine: ShippingLine
  shippingLines(after: String, before: String, first: Int, includeRemovals: Boolean = false, last: Int, reverse: Boolean = false): ShippingLineConnection!
  sourceIdentifier: String sourceName: String statusPageUrl: URL! subtotalLineItemsQuantity: Int!
  subtotalPriceSet: MoneyBag
  suggestedRefund(refundLineItems: [RefundLineItemInput!], refundShipping: Boolean, shippingAmount: Money, suggestFullRefund: Boolean = false): SuggestedRefund
  tags: [String!]! taxExempt: Boolean! taxLines: [TaxLine!]! taxesIncluded: Boolean! test: Boolean!
  totalCapturableSet: MoneyBag! totalCashRoundingAdjustment: CashRoundingAdjustment! totalDiscountsSet: MoneyBag
  totalOutstandingSet: MoneyBag! totalPriceSet: MoneyBag! totalReceivedSet: MoneyBag! totalRefundedSet: MoneyBag!
  totalRefundedShippingSet: MoneyBag! totalShippingPriceSet: MoneyBag! totalTaxSet: MoneyBag
  totalTipReceivedSet: MoneyBag! totalWeight: UnsignedInt64
  transactions(capturable: Boolean, first: Int): [OrderTransaction!]! transactionsCount: Count unpaid: Boolean!
  updatedAt: DateTime! }

type OrderAdjustment { amountSet: MoneyBag! id: ID! reason: OrderAdjustmentDiscrepancyReason taxAmountSet: MoneyBag! }

type OrderAdjustmentConnection { edges: [OrderAdjustmentEdge!]! nodes: [OrderAdjustment!]! pageInfo: PageInfo! }

enum OrderAdjustmentDiscrepancyReason { CUSTOMER DAMAGE FULL_RETURN_BALANCING_ADJUSTMENT PENDING_REFUND_DISCREPANCY
  REFUND_DISCREPANCY RESTOCK }

type OrderAdjustmentEdge { cursor: String! node: OrderAdjustment! }

enum OrderAdjustmentInputDiscrepancyReason { CUSTOMER DAMAGE OTHER RESTOCK }

type OrderApp { id: ID! name: String! }

type OrderCancelPayload { job: Job orderCancelUserErrors: [OrderCancelUserError!]!
  userErrors: [UserError!]! @deprecated }

enum OrderCancelReason { CUSTOMER DECLINED FRAUD INVENTORY OTHER STAFF }

input OrderCancelRefundMethodInput @oneOf { originalPaymentMethodsRefund: Boolean
  storeCreditRefund: OrderCancelStoreCreditRefundInput }

input OrderCancelStoreCreditRefundInput { expiresAt: DateTime }

type OrderCancelUserError { code: OrderCancelUserErrorCode field: [String!] message: String! }

enum OrderCancelUserErrorCode { INTERNAL_ERROR INVALID NOT_FOUND NO_REFUND_PERMISSION
  NO_REFUND_TO_STORE_CREDIT_PERMISSION STORE_CREDIT_REFUND_B2B_NOT_SUPPORTED STORE_CREDIT_REFUND_EXPIRATION_IN_PAST
  STORE_CREDIT_REFUND_MISSING_CUSTOMER }

type OrderCancellation { staffNote: String }

input OrderCaptureInput { amount: Money! currency: CurrencyCode finalCapture: Boolean id: ID! parentTransactionId: ID!
}

type OrderCapturePayload { transaction: OrderTransaction userErrors: [UserError!]! }

input OrderCloseInput { id: ID! }

type OrderClosePayload { order: Order userErrors: [UserError!]! }

type OrderConnection { edges: [OrderEdge!]! nodes: [Order!]! pageInfo: PageInfo! }

input OrderCreateAssociateCustomerAttributesInput { email: String id: ID }

input OrderCreateCustomAttributeInput { key: String! value: String! }

input OrderCreateCustomerAddressInput { address1: String address2: String city: String company: String country: String
  firstName: String lastName: String phone: String province: String zip: String }

input OrderCreateCustomerInput @oneOf { toAssociate: OrderCreateAssociateCustomerAttributesInput
  toUpsert: OrderCreateUpsertCustomerAttributesInput }

input OrderCreateDiscountCodeInput { freeShippingDiscountCode: OrderCreateFreeShippingDiscountCodeAttributesInput
  itemFixedDiscountCode: OrderCreateFixedDiscountCodeAttributesInput
  itemPercentageDiscountCode: OrderCreatePercentageDiscountCodeAttributesInput }

enum OrderCreateFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }

input OrderCreateFixedDiscountCodeAttributesInput { amountSet: MoneyBagInput code: String! }

input OrderCreateFreeShippingDiscountCodeAttributesInput { code: String! }

input OrderCreateFulfillmentInput { locationId: ID! notifyCustomer: Boolean = false
  originAddress: FulfillmentOriginAddressInput shipmentStatus: FulfillmentEventStatus trackingCompany: String
  trackingNumber: String trackingNumbers: [String!] }

enum OrderCreateFulfillmentStatus { FULFILLED PARTIAL RESTOCKED }

enum OrderCreateInputsInventoryBehavior { BYPASS DECREMENT_IGNORING_POLICY DECREMENT_OBEYING_POLICY }

input OrderCreateLineItemInput { fulfillmentService: String giftCard: Boolean = false priceSet: MoneyBagInput
  productId: ID properties: [OrderCreateLineItemPropertyInput!] quantity: Int! requiresShipping: Boolean = false
  sku: String taxLines: [OrderCreateTaxLineInput!] taxable: Boolean = true title: String variantId: ID
  variantTitle: String vendor: String weight: WeightInput }

input OrderCreateLineItemPropertyInput { name: String! value: String! }

input OrderCreateOptionsInput { inventoryBehaviour: OrderCreateInputsInventoryBehavior = BYPASS
  sendFulfillmentReceipt: Boolean = false sendReceipt: Boolean = false }

input OrderCreateOrderInput { billingAddress: MailingAddressInput buyerAcceptsMarketing: Boolean = null
  closedAt: DateTime companyLocationId: ID currency: CurrencyCode customAttributes: [OrderCreateCustomAttributeInput!]
  customer: OrderCreateCustomerInput customerId: ID discountCode: OrderCreateDiscountCodeInput email: String
  financialStatus: OrderCreateFinancialStatus fulfillment: OrderCreateFulfillmentInput
  fulfillmentStatus: OrderCreateFulfillmentStatus lineItems: [OrderCreateLineItemInput!] metafields: [MetafieldInput!]
  name: String note: String phone: String poNumber: String presentmentCurrency: CurrencyCode processedAt: DateTime
  referringSite: URL shippingAddress: MailingAddressInput shippingLines: [OrderCreateShippingLineInput!]
  sourceIdentifier: String sourceName: String sourceUrl: URL tags: [String!] taxLines: [OrderCreateTaxLineInput!]
  taxesIncluded: Boolean = false test: Boolean = false transactions: [OrderCreateOrderTransactionInput!] userId: ID }

input OrderCreateOrderTransactionInput { amountSet: MoneyBagInput! authorizationCode: String gateway: String
  kind: OrderTransactionKind = SALE locationId: ID processedAt: DateTime receiptJson: JSON
  status: OrderTransactionStatus = SUCCESS test: Boolean = false }

type OrderCreatePayload { order: Order userErrors: [OrderCreateUserError!]! }

input OrderCreatePercentageDiscountCodeAttributesInput { code: String! percentage: Float }

input OrderCreateShippingLineInput { code: String priceSet: MoneyBagInput! source: String
  taxLines: [OrderCreateTaxLineInput!] title: String! }

input OrderCreateTaxLineInput { channelLiable: Boolean = false priceSet: MoneyBagInput rate: Decimal! title: String! }

input OrderCreateUpsertCustomerAttributesInput { addresses: [OrderCreateCustomerAddressInput!] email: String
  firstName: String id: ID lastName: String multipassIdentifier: String note: String phone: String tags: [String!]
  taxExempt: Boolean }

type OrderCreateUserError { code: OrderCreateUserErrorCode field: [String!] message: String! }

enum OrderCreateUserErrorCode { FULFILLMENT_SERVICE_INVALID INVALID INVENTORY_CLAIM_FAILED PROCESSED_AT_INVALID
  REDUNDANT_CUSTOMER_FIELDS SHOP_DORMANT TAX_LINE_RATE_MISSING }

type OrderDeletePayload { deletedId: ID userErrors: [OrderDeleteUserError!]! }

type OrderDeleteUserError { code: OrderDeleteUserErrorCode field: [String!] message: String! }

enum OrderDeleteUserErrorCode { INVALID NOT_FOUND }

enum OrderDisplayFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }

enum OrderDisplayFulfillmentStatus { FULFILLED FULFILLMENT_NOT_REQUIRED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED
  PENDING_FULFILLMENT REQUEST_DECLINED RESTOCKED SCHEDULED UNFULFILLED }

type OrderEdge { cursor: String! node: Order! }

input OrderIdentifierInput @oneOf { id: ID }

input OrderInput { customAttributes: [AttributeInput!] email: String id: ID! localizedFields: [LocalizedFieldInput!]
  metafields: [MetafieldInput!] note: String phone: String poNumber: String shippingAddress: MailingAddressInput
  tags: [String!] }

input OrderMarkAsPaidInput { id: ID! }

type OrderMarkAsPaidPayload { order: Order userErrors: [UserError!]! }

input OrderOpenInput { id: ID! }

type OrderOpenPayload { order: Order userErrors: [UserError!]! }

enum OrderReturnStatus { INSPECTION_COMPLETE IN_PROGRESS NO_RETURN RETURNED RETURN_FAILED RETURN_REQUESTED }

enum OrderSortKeys { CREATED_AT CURRENT_TOTAL_PRICE CUSTOMER_NAME DESTINATION FINANCIAL_STATUS FULFILLMENT_STATUS ID
  ORDER_NUMBER PO_NUMBER PROCESSED_AT RELEVANCE TOTAL_ITEMS_QUANTITY TOTAL_PRICE UPDATED_AT }

type OrderTransaction { accountNumber: String amountRoundingSet: MoneyBag amountSet: MoneyBag!
  authorizationCode: String @deprecated authorizationExpiresAt: DateTime createdAt: DateTime!
  errorCode: OrderTransactionErrorCode fees: [TransactionFee!]! formattedGateway: String gateway: String id: ID!
  kind: OrderTransactionKind! manualPaymentGateway: Boolean! manuallyCapturable: Boolean! maximumRefundableV2: MoneyV2
  multiCapturable: Boolean! order: Order parentTransaction: OrderTransaction paymentId: String processedAt: DateTime
  receiptJson: JSON settlementCurrency: CurrencyCode status: OrderTransactionStatus! test: Boolean!
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

input OrderTransactionInput { amount: Money! gateway: String! kind: OrderTransactionKind! orderId: ID! parentId: ID }

enum OrderTransactionKind { AUTHORIZATION CAPTURE CHANGE EMV_AUTHORIZATION REFUND SALE SUGGESTED_REFUND VOID }

enum OrderTransactionStatus { AWAITING_RESPONSE ERROR FAILURE PENDING SUCCESS UNKNOWN }

type OrderUpdatePayload { order: Order userErrors: [UserError!]! }

type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }

type PricingPercentageValue { percentage: Float! }

union PricingValue = MoneyV2 | PricingPercentageValue

type Product { category: TaxonomyCategory
  collections(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: CollectionSortKeys = ID): CollectionConnection!
  createdAt: DateTime! description: String! descriptionHtml: HTML! featuredMedia: Media handle: String!
  hasOnlyDefaultVariant: Boolean! hasOutOfStockVariants: Boolean! id: ID! isGiftCard: Boolean!
  legacyResourceId: UnsignedInt64!
  media(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: ProductMediaSortKeys = POSITION): MediaConnection!
  onlineStoreUrl: URL options(first: Int): [ProductOption!]! priceRangeV2: ProductPriceRangeV2! productType: String!
  publishedAt: DateTime seo: SEO! status: ProductStatus! tags: [String!]! templateSuffix: String title: String!
  totalInventory: Int! tracksInventory: Boolean! updatedAt: DateTime!
  variants(after: String, before: String, first: Int, last: Int, reverse: Boolean = false, sortKey: ProductVariantSortKeys = POSITION): ProductVariantConnection!
  variantsCount: Count vendor: String! }

enum ProductCollectionSortKeys { BEST_SELLING COLLECTION_DEFAULT CREATED ID MANUAL PRICE RELEVANCE TITLE }

type ProductConnection { edges: [ProductEdge!]! nodes: [Product!]! pageInfo: PageInfo! }

input ProductCreateInput { category: ID collectionsToJoin: [ID!] descriptionHtml: String giftCard: Boolean
  handle: String metafields: [MetafieldInput!] productOptions: [OptionCreateInput!] productType: String seo: SEOInput
  status: ProductStatus tags: [String!] templateSuffix: String title: String vendor: String }

type ProductCreatePayload { product: Product userErrors: [UserError!]! }

input ProductDeleteInput { id: ID! }

type ProductDeletePayload { deletedProductId: ID userErrors: [UserError!]! }

type ProductEdge { cursor: String! node: Product! }

input ProductIdentifierInput @oneOf { handle: String id: ID }

enum ProductMediaSortKeys { ID POSITION }

enum ProductOperationStatus { ACTIVE COMPLETE CREATED }

type ProductOption { id: ID! name: String! optionValues: [ProductOptionValue!]! position: Int! values: [String!]! }

type ProductOptionValue { hasVariants: Boolean! id: ID! name: String! }

type ProductPriceRangeV2 { maxVariantPrice: MoneyV2! minVariantPrice: MoneyV2! }

input ProductSetIdentifiers @oneOf { handle: String id: ID }

input ProductSetInput { category: ID collections: [ID!] descriptionHtml: String files: [FileSetInput!]
  giftCard: Boolean handle: String metafields: [MetafieldInput!] productOptions: [OptionSetInput!] productType: String
  redirectNewHandle: Boolean seo: SEOInput status: ProductStatus tags: [String!] templateSuffix: String title: String
  variants: [ProductVariantSetInput!] vendor: String }

input ProductSetInventoryInput { locationId: ID! name: String! quantity: Int! }

type ProductSetOperation { id: ID! product: Product status: ProductOperationStatus!
  userErrors: [ProductSetUserError!]! }

type ProductSetPayload { product: Product productSetOperation: ProductSetOperation userErrors: [ProductSetUserError!]!
}

type ProductSetUserError { code: ProductSetUserErrorCode field: [String!] message: String! }

enum ProductSetUserErrorCode { CANNOT_COMBINE_LINKED_AND_NONLINKED_OPTION_VALUES CAPABILITY_VIOLATION
  DUPLICATED_METAFIELD_VALUE DUPLICATED_OPTION_NAME DUPLICATED_OPTION_VALUE DUPLICATED_VALUE DUPLICATE_LINKED_OPTION
  GENERIC_ERROR GIFT_CARDS_NOT_ACTIVATED GIFT_CARD_ATTRIBUTE_CANNOT_BE_CHANGED HANDLE_NOT_UNIQUE ID_NOT_ALLOWED
  INPUT_MISMATCH INVALID_INPUT INVALID_METAFIELD INVALID_METAFIELD_VALUE_FOR_LINKED_OPTION INVALID_PRODUCT
  INVALID_VARIANT INVENTORY_QUANTITIES_LIMIT_EXCEEDED JOB_ERROR LINKED_METAFIELD_DEFINITION_NOT_FOUND
  LINKED_OPTIONS_NOT_SUPPORTED_FOR_SHOP METAFIELD_MISMATCH MISSING_FIELD_REQUIRED NOT_FOUND OPTIONS_OVER_LIMIT
  OPTION_DOES_NOT_EXIST OPTION_VALUES_MISSING OPTION_VALUES_OVER_LIMIT OPTION_VALUE_DOES_NOT_EXIST
  PRODUCT_DOES_NOT_EXIST PRODUCT_OPTIONS_INPUT_MISSING PRODUCT_SUSPENDED PRODUCT_VARIANT_DOES_NOT_EXIST
  VARIANTS_INPUT_MISSING VARIANTS_OVER_LIMIT }

enum ProductSortKeys { CREATED_AT ID INVENTORY_TOTAL PRODUCT_TYPE PUBLISHED_AT RELEVANCE TITLE UPDATED_AT VENDOR }

enum ProductStatus { ACTIVE ARCHIVED DRAFT UNLISTED }

input ProductUpdateInput { category: ID collectionsToJoin: [ID!] collectionsToLeave: [ID!] descriptionHtml: String
  handle: String id: ID metafields: [MetafieldInput!] productType: String redirectNewHandle: Boolean seo: SEOInput
  status: ProductStatus tags: [String!] templateSuffix: String title: String vendor: String }

type ProductUpdatePayload { product: Product userErrors: [UserError!]! }

type ProductVariant { availableForSale: Boolean! barcode: String compareAtPrice: Money createdAt: DateTime!
  displayName: String! id: ID! inventoryItem: InventoryItem! inventoryPolicy: ProductVariantInventoryPolicy!
  inventoryQuantity: Int legacyResourceId: UnsignedInt64! position: Int! price: Money! product: Product!
  selectedOptions: [SelectedOption!]! sku: String taxable: Boolean! title: String! updatedAt: DateTime! }

type ProductVariantConnection { edges: [ProductVariantEdge!]! nodes: [ProductVariant!]! pageInfo: PageInfo! }

type ProductVariantEdge { cursor: String! node: ProductVariant! }

enum ProductVariantInventoryPolicy { CONTINUE DENY }

input ProductVariantSetInput { barcode: String compareAtPrice: Money id: ID inventoryItem: InventoryItemInput
  inventoryPolicy: ProductVariantInventoryPolicy inventoryQuantities: [ProductSetInventoryInput!]
  metafields: [MetafieldInput!] optionValues: [VariantOptionValueInput!]! position: Int price: Money sku: String
  taxable: Boolean }

enum ProductVariantSortKeys { FULL_TITLE ID INVENTORY_LEVELS_AVAILABLE INVENTORY_MANAGEMENT INVENTORY_POLICY
  INVENTORY_QUANTITY NAME POPULAR POSITION RELEVANCE SKU TITLE }

type ProductVariantsBulkCreatePayload { product: Product productVariants: [ProductVariant!]
  userErrors: [ProductVariantsBulkCreateUserError!]! }

enum ProductVariantsBulkCreateStrategy { DEFAULT PRESERVE_STANDALONE_VARIANT REMOVE_STANDALONE_VARIANT }

type ProductVariantsBulkCreateUserError { code: ProductVariantsBulkCreateUserErrorCode field: [String!]
  message: String! }

enum ProductVariantsBulkCreateUserErrorCode { CANNOT_SET_NAME_FOR_LINKED_OPTION_VALUE GREATER_THAN_OR_EQUAL_TO INVALID
  INVALID_INPUT INVENTORY_QUANTITIES_LIMIT_EXCEEDED LOCAL_CURRENCY_GIFT_CARD_PRICE_MUST_BE_ZERO
  MUST_BE_FOR_THIS_PRODUCT NEED_TO_ADD_OPTION_VALUES NEGATIVE_PRICE_VALUE NOT_DEFINED_FOR_SHOP NO_KEY_ON_CREATE
  OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED SUBSCRIPTION_VIOLATION
  TOO_MANY_INVENTORY_LOCATIONS TRACKED_VARIANT_LOCATION_NOT_FOUND UNSUPPORTED_COMBINED_LISTING_PARENT_OPERATION
  VARIANT_ALREADY_EXISTS VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE }

type ProductVariantsBulkDeletePayload { product: Product userErrors: [ProductVariantsBulkDeleteUserError!]! }

type ProductVariantsBulkDeleteUserError { code: ProductVariantsBulkDeleteUserErrorCode field: [String!]
  message: String! }

enum ProductVariantsBulkDeleteUserErrorCode { AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT
  CANNOT_DELETE_LAST_VARIANT PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED UNSUPPORTED_COMBINED_LISTING_PARENT_OPERATION }

input ProductVariantsBulkInput { barcode: String compareAtPrice: Money id: ID inventoryItem: InventoryItemInput
  inventoryPolicy: ProductVariantInventoryPolicy inventoryQuantities: [InventoryLevelInput!]
  metafields: [MetafieldInput!] optionValues: [VariantOptionValueInput!] price: Money taxable: Boolean }

type ProductVariantsBulkUpdatePayload { product: Product productVariants: [ProductVariant!]
  userErrors: [ProductVariantsBulkUpdateUserError!]! }

type ProductVariantsBulkUpdateUserError { code: ProductVariantsBulkUpdateUserErrorCode field: [String!]
  message: String! }

enum ProductVariantsBulkUpdateUserErrorCode { BLANK CANNOT_SET_NAME_FOR_LINKED_OPTION_VALUE CANNOT_SPECIFY_BOTH
  GREATER_THAN_OR_EQUAL_TO INVALID_INPUT INVALID_VALUE INVENTORY_QUANTITIES_LIMIT_EXCEEDED
  LOCAL_CURRENCY_GIFT_CARD_PRICE_MUST_BE_ZERO MUST_BE_FOR_THIS_PRODUCT MUST_SPECIFY_ONE_OF_PAIR
  NEED_TO_ADD_OPTION_VALUES NEGATIVE_PRICE_VALUE NOT_DEFINED_FOR_SHOP NO_INVENTORY_QUANTITES_DURING_UPDATE
  NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE OPTION_DOES_NOT_EXIST OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS
  OPTION_VALUE_DOES_NOT_EXIST OPTION_VALUE_NAME_TOO_LONG PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED
  PRODUCT_VARIANT_DOES_NOT_EXIST PRODUCT_VARIANT_ID_MISSING SUBSCRIPTION_VIOLATION TOO_LONG TOO_SHORT
  UNSUPPORTED_COMBINED_LISTING_PARENT_OPERATION VARIANT_ALREADY_EXISTS }

type Publication { catalog: Catalog id: ID! name: String! @deprecated }

type PublicationConnection { edges: [PublicationEdge!]! nodes: [Publication!]! pageInfo: PageInfo! }

type PublicationEdge { cursor: String! node: Publication! }

input PublicationInput { publicationId: ID publishDate: DateTime }

type PublishablePublishPayload { userErrors: [UserError!]! }

type PublishableUnpublishPayload { userErrors: [UserError!]! }

type QueryRoot {
  abandonedCheckouts(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: AbandonedCheckoutSortKeys = ID): AbandonedCheckoutConnection!
  abandonedCheckoutsCount(limit: Int = 10000, query: String): Count
  codeDiscountNode(id: ID!): DiscountCodeNode @deprecated codeDiscountNodeByCode(code: String!): DiscountCodeNode
  collection(id: ID!): Collection
  collections(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: CollectionSortKeys = ID): CollectionConnection!
  collectionsCount(limit: Int = 10000, query: String): Count currentAppInstallation: AppInstallation!
  customer(id: ID!): Customer customerByIdentifier(identifier: CustomerIdentifierInput!): Customer
  customers(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: CustomerSortKeys = ID): CustomerConnection!
  customersCount(limit: Int = 10000, query: String): Count discountNode(id: ID!): DiscountNode
  discountNodes(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: DiscountSortKeys = ID): DiscountNodeConnection!
  discountNodesCount(limit: Int = 10000, query: String): Count fulfillment(id: ID!): Fulfillment
  fulfillmentOrder(id: ID!): FulfillmentOrder
  fulfillmentOrders(after: String, before: String, first: Int, includeClosed: Boolean = false, last: Int, query: String, reverse: Boolean = false, sortKey: FulfillmentOrderSortKeys = ID): FulfillmentOrderConnection!
  inventoryItem(id: ID!): InventoryItem
  inventoryItems(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false): InventoryItemConnection!
  inventoryLevel(id: ID!): InventoryLevel job(id: ID!): Job location(id: ID): Location
  locations(after: String, before: String, first: Int, includeInactive: Boolean = false, includeLegacy: Boolean = false, last: Int, query: String, reverse: Boolean = false, sortKey: LocationSortKeys = NAME): LocationConnection!
  order(id: ID!): Order orderByIdentifier(identifier: OrderIdentifierInput!): Order
  orders(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: OrderSortKeys = PROCESSED_AT): OrderConnection!
  ordersCount(limit: Int = 10000, query: String): Count product(id: ID!): Product
  productByIdentifier(identifier: ProductIdentifierInput!): Product productVariant(id: ID!): ProductVariant
  productVariants(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: ProductVariantSortKeys = ID): ProductVariantConnection!
  products(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: ProductSortKeys = ID): ProductConnection!
  productsCount(limit: Int = 10000, query: String): Count publicApiVersions: [ApiVersion!]!
  publications(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): PublicationConnection!
  refund(id: ID!): Refund return(id: ID!): Return
  returnReasonDefinitions(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReturnReasonDefinitionConnection!
  shop: Shop! webhookSubscription(id: ID!): WebhookSubscription
  webhookSubscriptions(after: String, before: String, callbackUrl: URL, first: Int, format: WebhookSubscriptionFormat, last: Int, query: String, reverse: Boolean = false, sortKey: WebhookSubscriptionSortKeys = CREATED_AT, topics: [WebhookSubscriptionTopic!], uri: String): WebhookSubscriptionConnection!
  webhookSubscriptionsCount(limit: Int = 10000, query: String): Count }

type Refund { createdAt: DateTime duties: [RefundDuty!] id: ID! legacyResourceId: UnsignedInt64! note: String
  order: Order!
  orderAdjustments(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderAdjustmentConnection!
  processedAt: DateTime!
  refundLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundLineItemConnection!
  refundShippingLines(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundShippingLineConnection!
  return: Return totalRefundedSet: MoneyBag!
  transactions(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderTransactionConnection!
  updatedAt: DateTime! }

type RefundConnection { edges: [RefundEdge!]! nodes: [Refund!]! pageInfo: PageInfo! }

type RefundCreatePayload { order: Order refund: Refund userErrors: [UserError!]! }

type RefundDuty { amountSet: MoneyBag! }

input RefundDutyInput { dutyId: ID! refundType: RefundDutyRefundType }

enum RefundDutyRefundType { FULL PROPORTIONAL }

type RefundEdge { cursor: String! node: Refund! }

input RefundInput { allowOverRefunding: Boolean = false currency: CurrencyCode
  discrepancyReason: OrderAdjustmentInputDiscrepancyReason note: String notify: Boolean orderId: ID!
  processedAt: DateTime refundDuties: [RefundDutyInput!] refundLineItems: [RefundLineItemInput!]
  refundMethods: [RefundMethodInput!] = [] shipping: ShippingRefundInput transactions: [OrderTransactionInput!] }

type RefundLineItem { id: ID lineItem: LineItem! location: Location priceSet: MoneyBag! quantity: Int!
  restockType: RefundLineItemRestockType! restocked: Boolean! subtotalSet: MoneyBag! totalTaxSet: MoneyBag! }

type RefundLineItemConnection { edges: [RefundLineItemEdge!]! nodes: [RefundLineItem!]! pageInfo: PageInfo! }

type RefundLineItemEdge { cursor: String! node: RefundLineItem! }

input RefundLineItemInput { lineItemId: ID! locationId: ID quantity: Int! restockType: RefundLineItemRestockType }

enum RefundLineItemRestockType { CANCEL LEGACY_RESTOCK NO_RESTOCK RETURN }

input RefundMethodInput @oneOf { storeCreditRefund: StoreCreditRefundInput }

type RefundShippingLine { id: ID! shippingLine: ShippingLine! subtotalAmountSet: MoneyBag! taxAmountSet: MoneyBag! }

type RefundShippingLineConnection { edges: [RefundShippingLineEdge!]! nodes: [RefundShippingLine!]!
  pageInfo: PageInfo! }

type RefundShippingLineEdge { cursor: String! node: RefundShippingLine! }

type Return { closedAt: DateTime createdAt: DateTime! decline: ReturnDecline id: ID! name: String! order: Order!
  refunds(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundConnection!
  requestApprovedAt: DateTime
  returnLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReturnLineItemTypeConnection!
  status: ReturnStatus! totalQuantity: Int! }

input ReturnApproveRequestInput { id: ID! notifyCustomer: Boolean = false unprocessed: Boolean = false }

type ReturnApproveRequestPayload { return: Return userErrors: [ReturnUserError!]! }

type ReturnCancelPayload { return: Return userErrors: [ReturnUserError!]! }

type ReturnClosePayload { return: Return userErrors: [ReturnUserError!]! }

type ReturnConnection { edges: [ReturnEdge!]! nodes: [Return!]! pageInfo: PageInfo! }

type ReturnCreatePayload { return: Return userErrors: [ReturnUserError!]! }

type ReturnDecline { note: String reason: ReturnDeclineReason! }

enum ReturnDeclineReason { FINAL_SALE OTHER RETURN_PERIOD_ENDED }

input ReturnDeclineRequestInput { declineNote: String declineReason: ReturnDeclineReason! id: ID!
  notifyCustomer: Boolean = false }

type ReturnDeclineRequestPayload { return: Return userErrors: [ReturnUserError!]! }

type ReturnEdge { cursor: String! node: Return! }

enum ReturnErrorCode { ALREADY_EXISTS BLANK CREATION_FAILED EQUAL_TO FEATURE_NOT_ENABLED GREATER_THAN
  GREATER_THAN_OR_EQUAL_TO INCLUSION INCOMPATIBLE_WITH_STANDARD_POLICY INTERNAL_ERROR INVALID INVALID_STATE LESS_THAN
  LESS_THAN_OR_EQUAL_TO MISSING_PERMISSION NOTIFICATION_FAILED NOT_A_NUMBER NOT_EDITABLE NOT_FOUND PRESENT TAKEN
  TOO_BIG TOO_LONG TOO_MANY_ARGUMENTS TOO_SHORT WRONG_LENGTH }

input ReturnInput { notifyCustomer: Boolean = false orderId: ID! requestedAt: DateTime
  returnLineItems: [ReturnLineItemInput!]! unprocessed: Boolean = false }

type ReturnLineItem implements ReturnLineItemType { customerNote: String fulfillmentLineItem: FulfillmentLineItem!
  id: ID! processableQuantity: Int! processedQuantity: Int! quantity: Int! refundableQuantity: Int!
  refundedQuantity: Int! returnReason: ReturnReason! @deprecated returnReasonDefinition: ReturnReasonDefinition
  returnReasonNote: String! unprocessedQuantity: Int! withCodeDiscountedTotalPriceSet: MoneyBag! }

input ReturnLineItemInput { fulfillmentLineItemId: ID! quantity: Int! returnReason: ReturnReason
  returnReasonDefinitionId: ID returnReasonNote: String = "" }

interface ReturnLineItemType { customerNote: String id: ID! processableQuantity: Int! processedQuantity: Int!
  quantity: Int! refundableQuantity: Int! refundedQuantity: Int! returnReason: ReturnReason! @deprecated
  returnReasonDefinition: ReturnReasonDefinition returnReasonNote: String! unprocessedQuantity: Int! }

type ReturnLineItemTypeConnection { edges: [ReturnLineItemTypeEdge!]! nodes: [ReturnLineItemType!]!
  pageInfo: PageInfo! }

type ReturnLineItemTypeEdge { cursor: String! node: ReturnLineItemType! }

enum ReturnReason { COLOR DEFECTIVE NOT_AS_DESCRIBED OTHER SIZE_TOO_LARGE SIZE_TOO_SMALL STYLE UNKNOWN UNWANTED
  WRONG_ITEM }

type ReturnReasonDefinition { deleted: Boolean! handle: String! id: ID! name: String! }

type ReturnReasonDefinitionConnection { edges: [ReturnReasonDefinitionEdge!]! nodes: [ReturnReasonDefinition!]!
  pageInfo: PageInfo! }

type ReturnReasonDefinitionEdge { cursor: String! node: ReturnReasonDefinition! }

type ReturnReopenPayload { return: Return userErrors: [ReturnUserError!]! }

input ReturnRequestInput { orderId: ID! returnLineItems: [ReturnRequestLineItemInput!]! }

input ReturnRequestLineItemInput { customerNote: String fulfillmentLineItemId: ID! quantity: Int!
  returnReason: ReturnReason returnReasonDefinitionId: ID }

type ReturnRequestPayload { return: Return userErrors: [ReturnUserError!]! }

enum ReturnStatus { CANCELED CLOSED DECLINED OPEN REQUESTED }

type ReturnUserError { code: ReturnErrorCode field: [String!] message: String! }

type SEO { description: String title: String }

input SEOInput { description: String title: String }

type ScriptDiscountApplication implements DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod!
  index: Int! targetSelection: DiscountApplicationTargetSelection! targetType: DiscountApplicationTargetType!
  title: String! value: PricingValue! }

type SelectedOption { name: String! optionValue: ProductOptionValue! value: String! }

type ShippingLine { carrierIdentifier: String code: String currentDiscountedPriceSet: MoneyBag! custom: Boolean!
  deliveryCategory: String discountAllocations: [DiscountAllocation!]! discountedPriceSet: MoneyBag! id: ID
  isRemoved: Boolean! originalPriceSet: MoneyBag! phone: String source: String taxLines: [TaxLine!]! title: String! }

type ShippingLineConnection { edges: [ShippingLineEdge!]! nodes: [ShippingLine!]! pageInfo: PageInfo! }

type ShippingLineEdge { cursor: String! node: ShippingLine! }

type ShippingRefund { amountSet: MoneyBag! maximumRefundableSet: MoneyBag! taxSet: MoneyBag! }

input ShippingRefundInput { amount: Money fullRefund: Boolean }

type Shop { contactEmail: String! createdAt: DateTime! currencyCode: CurrencyCode! currencyFormats: CurrencyFormats!
  description: String email: String! enabledPresentmentCurrencies: [CurrencyCode!]! ianaTimezone: String! id: ID!
  myshopifyDomain: String! name: String! plan: ShopPlan! primaryDomain: Domain! setupRequired: Boolean!
  shopAddress: ShopAddress! shopOwnerName: String! taxShipping: Boolean! taxesIncluded: Boolean!
  timezoneAbbreviation: String! timezoneOffset: String! timezoneOffsetMinutes: Int! unitSystem: UnitSystem!
  updatedAt: DateTime! url: URL! weightUnit: WeightUnit! }

type ShopAddress { address1: String address2: String city: String company: String country: String
  countryCodeV2: CountryCode id: ID! phone: String province: String provinceCode: String zip: String }

type ShopPlan { partnerDevelopment: Boolean! publicDisplayName: String! shopifyPlus: Boolean! }

input StoreCreditRefundInput { amount: MoneyInput! expiresAt: DateTime }

type SuggestedOrderTransaction { accountNumber: String amountSet: MoneyBag! formattedGateway: String gateway: String
  kind: SuggestedOrderTransactionKind! maximumRefundableSet: MoneyBag parentTransaction: OrderTransaction }

enum SuggestedOrderTransactionKind { SUGGESTED_REFUND }

type SuggestedRefund { amountSet: MoneyBag! discountedSubtotalSet: MoneyBag! maximumRefundableSet: MoneyBag!
  refundLineItems: [RefundLineItem!]! shipping: ShippingRefund! subtotalSet: MoneyBag!
  suggestedTransactions: [SuggestedOrderTransaction!]! totalCartDiscountAmountSet: MoneyBag! totalDutiesSet: MoneyBag!
  totalTaxSet: MoneyBag! }

enum TaxExemption { CA_BC_COMMERCIAL_FISHERY_EXEMPTION CA_BC_CONTRACTOR_EXEMPTION
  CA_BC_PRODUCTION_AND_MACHINERY_EXEMPTION CA_BC_RESELLER_EXEMPTION CA_BC_SUB_CONTRACTOR_EXEMPTION
  CA_DIPLOMAT_EXEMPTION CA_MB_COMMERCIAL_FISHERY_EXEMPTION CA_MB_FARMER_EXEMPTION CA_MB_RESELLER_EXEMPTION
  CA_NL_VPT_RESELLER_EXEMPTION CA_NS_COMMERCIAL_FISHERY_EXEMPTION CA_NS_FARMER_EXEMPTION CA_ON_PURCHASE_EXEMPTION
  CA_PE_COMMERCIAL_FISHERY_EXEMPTION CA_SK_COMMERCIAL_FISHERY_EXEMPTION CA_SK_CONTRACTOR_EXEMPTION
  CA_SK_FARMER_EXEMPTION CA_SK_PRODUCTION_AND_MACHINERY_EXEMPTION CA_SK_RESELLER_EXEMPTION
  CA_SK_SUB_CONTRACTOR_EXEMPTION CA_SK_VPT_RESELLER_EXEMPTION CA_STATUS_CARD_EXEMPTION
  EU_REVERSE_CHARGE_EXEMPTION_RULE US_AK_RESELLER_EXEMPTION US_AL_RESELLER_EXEMPTION US_AR_RESELLER_EXEMPTION
  US_AZ_RESELLER_EXEMPTION US_CA_RESELLER_EXEMPTION US_CO_RESELLER_EXEMPTION US_CT_RESELLER_EXEMPTION
  US_DC_RESELLER_EXEMPTION US_DE_RESELLER_EXEMPTION US_FL_RESELLER_EXEMPTION US_GA_RESELLER_EXEMPTION
  US_HI_RESELLER_EXEMPTION US_IA_RESELLER_EXEMPTION US_ID_RESELLER_EXEMPTION US_IL_RESELLER_EXEMPTION
  US_IN_RESELLER_EXEMPTION US_KS_RESELLER_EXEMPTION US_KY_RESELLER_EXEMPTION US_LA_RESELLER_EXEMPTION
  US_MA_RESELLER_EXEMPTION US_MD_RESELLER_EXEMPTION US_ME_RESELLER_EXEMPTION US_MI_RESELLER_EXEMPTION
  US_MN_RESELLER_EXEMPTION US_MO_RESELLER_EXEMPTION US_MS_RESELLER_EXEMPTION US_MT_RESELLER_EXEMPTION
  US_NC_RESELLER_EXEMPTION US_ND_RESELLER_EXEMPTION US_NE_RESELLER_EXEMPTION US_NH_RESELLER_EXEMPTION
  US_NJ_RESELLER_EXEMPTION US_NM_RESELLER_EXEMPTION US_NV_RESELLER_EXEMPTION US_NY_RESELLER_EXEMPTION
  US_OH_RESELLER_EXEMPTION US_OK_RESELLER_EXEMPTION US_OR_RESELLER_EXEMPTION US_PA_RESELLER_EXEMPTION
  US_RI_RESELLER_EXEMPTION US_SC_RESELLER_EXEMPTION US_SD_RESELLER_EXEMPTION US_TN_RESELLER_EXEMPTION
  US_TX_RESELLER_EXEMPTION US_UT_RESELLER_EXEMPTION US_VA_RESELLER_EXEMPTION US_VT_RESELLER_EXEMPTION
  US_WA_RESELLER_EXEMPTION US_WI_RESELLER_EXEMPTION US_WV_RESELLER_EXEMPTION US_WY_RESELLER_EXEMPTION }

type TaxLine { channelLiable: Boolean priceSet: MoneyBag! rate: Float ratePercentage: Float source: String
  title: String! }

type TaxonomyCategory { fullName: String! id: ID! name: String! }

type TransactionFee { amount: MoneyV2! id: ID! rate: Decimal! rateName: String type: String! }

type TransactionVoidPayload { transaction: OrderTransaction userErrors: [TransactionVoidUserError!]! }

type TransactionVoidUserError { code: TransactionVoidUserErrorCode field: [String!] message: String! }

enum TransactionVoidUserErrorCode { AUTH_NOT_SUCCESSFUL AUTH_NOT_VOIDABLE GENERIC_ERROR TRANSACTION_NOT_FOUND }

scalar URL

enum UnitSystem { IMPERIAL_SYSTEM METRIC_SYSTEM }

scalar UnsignedInt64

type UserError { field: [String!] message: String! }

input VariantOptionValueInput { id: ID name: String optionId: ID optionName: String }

type WebhookHttpEndpoint { callbackUrl: URL! }

type WebhookSubscription { apiVersion: ApiVersion! callbackUrl: URL! @deprecated createdAt: DateTime!
  endpoint: WebhookSubscriptionEndpoint! @deprecated filter: String format: WebhookSubscriptionFormat! id: ID!
  includeFields: [String!]! legacyResourceId: UnsignedInt64! metafieldNamespaces: [String!]! name: String
  topic: WebhookSubscriptionTopic! updatedAt: DateTime! uri: String! }

type WebhookSubscriptionConnection { edges: [WebhookSubscriptionEdge!]! nodes: [WebhookSubscription!]!
  pageInfo: PageInfo! }

type WebhookSubscriptionCreatePayload { userErrors: [UserError!]! webhookSubscription: WebhookSubscription }

type WebhookSubscriptionDeletePayload { deletedWebhookSubscriptionId: ID userErrors: [UserError!]! }

type WebhookSubscriptionEdge { cursor: String! node: WebhookSubscription! }

union WebhookSubscriptionEndpoint = WebhookHttpEndpoint

enum WebhookSubscriptionFormat { JSON XML }

input WebhookSubscriptionInput { callbackUrl: URL filter: String format: WebhookSubscriptionFormat
  includeFields: [String!] metafieldNamespaces: [String!] name: String uri: String }

enum WebhookSubscriptionSortKeys { CREATED_AT ID }

enum WebhookSubscriptionTopic { APP_PURCHASES_ONE_TIME_UPDATE APP_SCOPES_UPDATE
  APP_SUBSCRIPTIONS_APPROACHING_CAPPED_AMOUNT APP_SUBSCRIPTIONS_UPDATE APP_UNINSTALLED AUDIT_EVENTS_ADMIN_API_ACTIVITY
  BULK_OPERATIONS_FINISH CARTS_CREATE CARTS_UPDATE CHANNELS_DELETE CHECKOUTS_CREATE CHECKOUTS_DELETE CHECKOUTS_UPDATE
  COLLECTIONS_CREATE COLLECTIONS_DELETE COLLECTIONS_UPDATE COLLECTION_LISTINGS_ADD COLLECTION_LISTINGS_REMOVE
  COLLECTION_LISTINGS_UPDATE COLLECTION_PUBLICATIONS_CREATE COLLECTION_PUBLICATIONS_DELETE
  COLLECTION_PUBLICATIONS_UPDATE COMPANIES_CREATE COMPANIES_DELETE COMPANIES_UPDATE COMPANY_CONTACTS_CREATE
  COMPANY_CONTACTS_DELETE COMPANY_CONTACTS_UPDATE COMPANY_CONTACT_ROLES_ASSIGN COMPANY_CONTACT_ROLES_REVOKE
  COMPANY_LOCATIONS_CREATE COMPANY_LOCATIONS_DELETE COMPANY_LOCATIONS_UPDATE CUSTOMERS_CREATE CUSTOMERS_DELETE
  CUSTOMERS_DISABLE CUSTOMERS_EMAIL_MARKETING_CONSENT_UPDATE CUSTOMERS_ENABLE CUSTOMERS_MARKETING_CONSENT_UPDATE
  CUSTOMERS_MERGE CUSTOMERS_PURCHASING_SUMMARY CUSTOMERS_UPDATE CUSTOMERS_WHATS_APP_MARKETING_CONSENT_UPDATE
  CUSTOMER_ACCOUNT_SETTINGS_UPDATE CUSTOMER_GROUPS_CREATE CUSTOMER_GROUPS_DELETE CUSTOMER_GROUPS_UPDATE
  CUSTOMER_JOINED_SEGMENT CUSTOMER_LEFT_SEGMENT CUSTOMER_PAYMENT_METHODS_CREATE CUSTOMER_PAYMENT_METHODS_REVOKE
  CUSTOMER_PAYMENT_METHODS_UPDATE CUSTOMER_TAGS_ADDED CUSTOMER_TAGS_REMOVED DELIVERY_PROMISE_SETTINGS_UPDATE
  DISCOUNTS_CREATE DISCOUNTS_DELETE DISCOUNTS_REDEEMCODE_ADDED DISCOUNTS_REDEEMCODE_REMOVED DISCOUNTS_UPDATE
  DISPUTES_CREATE DISPUTES_UPDATE DOMAINS_CREATE DOMAINS_DESTROY DOMAINS_UPDATE DRAFT_ORDERS_CREATE
  DRAFT_ORDERS_DELETE DRAFT_ORDERS_UPDATE FINANCE_APP_STAFF_MEMBER_DELETE FINANCE_APP_STAFF_MEMBER_GRANT
  FINANCE_APP_STAFF_MEMBER_REVOKE FINANCE_APP_STAFF_MEMBER_UPDATE FINANCE_KYC_INFORMATION_UPDATE FULFILLMENTS_CREATE
  FULFILLMENTS_UPDATE FULFILLMENT_EVENTS_CREATE FULFILLMENT_EVENTS_DELETE FULFILLMENT_HOLDS_ADDED
  FULFILLMENT_HOLDS_RELEASED FULFILLMENT_ORDERS_CANCELLATION_REQUEST_ACCEPTED
  FULFILLMENT_ORDERS_CANCELLATION_REQUEST_REJECTED FULFILLMENT_ORDERS_CANCELLATION_REQUEST_SUBMITTED
  FULFILLMENT_ORDERS_CANCELLED FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_ACCEPTED
  FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_REJECTED FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_SUBMITTED
  FULFILLMENT_ORDERS_FULFILLMENT_SERVICE_FAILED_TO_COMPLETE FULFILLMENT_ORDERS_HOLD_RELEASED
  FULFILLMENT_ORDERS_LINE_ITEMS_PREPARED_FOR_LOCAL_DELIVERY FULFILLMENT_ORDERS_LINE_ITEMS_PREPARED_FOR_PICKUP
  FULFILLMENT_ORDERS_MANUALLY_REPORTED_PROGRESS_STOPPED FULFILLMENT_ORDERS_MERGED FULFILLMENT_ORDERS_MOVED
  FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE FULFILLMENT_ORDERS_PLACED_ON_HOLD FULFILLMENT_ORDERS_PROGRESS_REPORTED
  FULFILLMENT_ORDERS_RESCHEDULED FULFILLMENT_ORDERS_SCHEDULED_FULFILLMENT_ORDER_READY FULFILLMENT_ORDERS_SPLIT
  INVENTORY_ITEMS_CREATE INVENTORY_ITEMS_DELETE INVENTORY_ITEMS_UPDATE INVENTORY_LEVELS_CONNECT
  INVENTORY_LEVELS_DISCONNECT INVENTORY_LEVELS_UPDATE INVENTORY_SHIPMENTS_ADD_ITEMS INVENTORY_SHIPMENTS_CREATE
  INVENTORY_SHIPMENTS_DELETE INVENTORY_SHIPMENTS_MARK_IN_TRANSIT INVENTORY_SHIPMENTS_RECEIVE_ITEMS
  INVENTORY_SHIPMENTS_REMOVE_ITEMS INVENTORY_SHIPMENTS_UPDATE_ITEM_QUANTITIES INVENTORY_SHIPMENTS_UPDATE_TRACKING
  INVENTORY_TRANSFERS_ADD_ITEMS INVENTORY_TRANSFERS_CANCEL INVENTORY_TRANSFERS_COMPLETE
  INVENTORY_TRANSFERS_READY_TO_SHIP INVENTORY_TRANSFERS_REMOVE_ITEMS INVENTORY_TRANSFERS_UPDATED
  INVENTORY_TRANSFERS_UPDATE_ITEM_QUANTITIES LOCALES_CREATE LOCALES_DESTROY LOCALES_UPDATE LOCATIONS_ACTIVATE
  LOCATIONS_CREATE LOCATIONS_DEACTIVATE LOCATIONS_DELETE LOCATIONS_UPDATE MARKETS_BACKUP_REGION_UPDATE MARKETS_CREATE
  MARKETS_DELETE MARKETS_UPDATE METAFIELD_DEFINITIONS_CREATE METAFIELD_DEFINITIONS_DELETE METAFIELD_DEFINITIONS_UPDATE
  METAOBJECTS_CREATE METAOBJECTS_DELETE METAOBJECTS_UPDATE ORDERS_CANCELLED ORDERS_CREATE ORDERS_DELETE ORDERS_EDITED
  ORDERS_FULFILLED ORDERS_LINK_REQUESTED ORDERS_PAID ORDERS_PARTIALLY_FULFILLED ORDERS_RISK_ASSESSMENT_CHANGED
  ORDERS_SHOPIFY_PROTECT_ELIGIBILITY_CHANGED ORDERS_UPDATED ORDER_TRANSACTIONS_CREATE PAYMENT_SCHEDULES_DUE
  PAYMENT_TERMS_CREATE PAYMENT_TERMS_DELETE PAYMENT_TERMS_UPDATE PRODUCTS_CREATE PRODUCTS_DELETE PRODUCTS_UPDATE
  PRODUCT_FEEDS_CREATE PRODUCT_FEEDS_FULL_SYNC PRODUCT_FEEDS_FULL_SYNC_FINISH PRODUCT_FEEDS_INCREMENTAL_SYNC
  PRODUCT_FEEDS_UPDATE PRODUCT_LISTINGS_ADD PRODUCT_LISTINGS_REMOVE PRODUCT_LISTINGS_UPDATE
  PRODUCT_PUBLICATIONS_CREATE PRODUCT_PUBLICATIONS_DELETE PRODUCT_PUBLICATIONS_UPDATE PROFILES_CREATE PROFILES_DELETE
  PROFILES_UPDATE REFUNDS_CREATE RETURNS_APPROVE RETURNS_CANCEL RETURNS_CLOSE RETURNS_DECLINE RETURNS_PROCESS
  RETURNS_REOPEN RETURNS_REQUEST RETURNS_UPDATE REVERSE_DELIVERIES_ATTACH_DELIVERABLE
  REVERSE_FULFILLMENT_ORDERS_DISPOSE SCHEDULED_PRODUCT_LISTINGS_ADD SCHEDULED_PRODUCT_LISTINGS_REMOVE
  SCHEDULED_PRODUCT_LISTINGS_UPDATE SEGMENTS_CREATE SEGMENTS_DELETE SEGMENTS_UPDATE SELLING_PLAN_GROUPS_CREATE
  SELLING_PLAN_GROUPS_DELETE SELLING_PLAN_GROUPS_UPDATE SHIPPING_ADDRESSES_CREATE SHIPPING_ADDRESSES_UPDATE
  SHOP_UPDATE SUBSCRIPTION_BILLING_ATTEMPTS_CHALLENGED SUBSCRIPTION_BILLING_ATTEMPTS_FAILURE
  SUBSCRIPTION_BILLING_ATTEMPTS_SUCCESS SUBSCRIPTION_BILLING_CYCLES_SKIP SUBSCRIPTION_BILLING_CYCLES_UNSKIP
  SUBSCRIPTION_BILLING_CYCLE_EDITS_CREATE SUBSCRIPTION_BILLING_CYCLE_EDITS_DELETE
  SUBSCRIPTION_BILLING_CYCLE_EDITS_UPDATE SUBSCRIPTION_CONTRACTS_ACTIVATE SUBSCRIPTION_CONTRACTS_CANCEL
  SUBSCRIPTION_CONTRACTS_CREATE SUBSCRIPTION_CONTRACTS_EXPIRE SUBSCRIPTION_CONTRACTS_FAIL SUBSCRIPTION_CONTRACTS_PAUSE
  SUBSCRIPTION_CONTRACTS_UPDATE TAX_SERVICES_CREATE TAX_SERVICES_UPDATE TENDER_TRANSACTIONS_CREATE THEMES_CREATE
  THEMES_DELETE THEMES_PUBLISH THEMES_UPDATE VARIANTS_IN_STOCK VARIANTS_OUT_OF_STOCK }

type WebhookSubscriptionUpdatePayload { userErrors: [UserError!]! webhookSubscription: WebhookSubscription }

type Weight { unit: WeightUnit! value: Float! }

input WeightInput { unit: WeightUnit! value: Float! }

enum WeightUnit { GRAMS KILOGRAMS OUNCES POUNDS }
`;

/** Any one of these scopes opens the type or field. */
export const ACCESS_REQUIREMENTS: Readonly<Record<string, readonly string[]>> = {
  AbandonedCheckout: ['read_orders'],
  AbandonedCheckoutLineItem: ['read_orders'],
  AdditionalFee: ['read_orders'],
  AllDiscountItems: ['read_discounts'],
  CashRoundingAdjustment: ['read_orders', 'read_quick_sale'],
  Collection: ['read_products'],
  CollectionSource: ['read_products'],
  Customer: ['read_customers'],
  CustomerEmailAddress: ['read_customers'],
  CustomerPhoneNumber: ['read_customers'],
  Discount: ['read_discounts'],
  DiscountAmount: ['read_discounts'],
  DiscountAutomaticApp: ['read_discounts'],
  DiscountAutomaticBasic: ['read_discounts'],
  DiscountAutomaticBxgy: ['read_discounts'],
  DiscountAutomaticFreeShipping: ['read_discounts'],
  DiscountCode: ['read_discounts'],
  DiscountCodeApp: ['read_discounts'],
  DiscountCodeBasic: ['read_discounts'],
  DiscountCodeBxgy: ['read_discounts'],
  DiscountCodeFreeShipping: ['read_discounts'],
  DiscountCodeNode: ['read_discounts'],
  DiscountCollections: ['read_discounts'],
  DiscountCombinesWith: ['read_discounts'],
  DiscountCustomerGets: ['read_discounts'],
  DiscountCustomerGetsValue: ['read_discounts'],
  DiscountEffect: ['read_discounts'],
  DiscountItems: ['read_discounts'],
  DiscountMinimumQuantity: ['read_discounts'],
  DiscountMinimumRequirement: ['read_discounts'],
  DiscountMinimumSubtotal: ['read_discounts'],
  DiscountNode: ['read_discounts'],
  DiscountOnQuantity: ['read_discounts'],
  DiscountPercentage: ['read_discounts'],
  DiscountProducts: ['read_discounts'],
  DiscountQuantity: ['read_discounts'],
  DiscountRedeemCode: ['read_discounts'],
  Duty: ['read_orders'],
  Fulfillment: [
    'read_orders',
    'read_marketplace_orders',
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ],
  FulfillmentEvent: ['read_orders'],
  FulfillmentHold: [
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ],
  FulfillmentLineItem: ['read_orders', 'read_marketplace_orders'],
  FulfillmentOrder: [
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ],
  FulfillmentOrderAssignedLocation: [
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ],
  FulfillmentOrderDestination: [
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
  ],
  FulfillmentOrderLineItem: [
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
  ],
  FulfillmentOrderSupportedAction: [
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
  ],
  FulfillmentOriginAddress: ['read_orders', 'read_marketplace_orders'],
  FulfillmentTrackingInfo: [
    'read_orders',
    'read_marketplace_orders',
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ],
  InventoryAdjustmentGroup: ['read_inventory'],
  InventoryChange: ['read_inventory'],
  InventoryItem: ['read_inventory', 'read_products'],
  'InventoryItem.inventoryLevel': ['read_inventory'],
  'InventoryItem.inventoryLevels': ['read_inventory'],
  InventoryItemMeasurement: ['read_inventory', 'read_products'],
  InventoryLevel: ['read_inventory'],
  InventoryQuantity: ['read_inventory'],
  LineItem: ['read_orders', 'read_marketplace_orders'],
  Location: ['read_locations', 'read_inventory', 'read_markets_home'],
  'Location.address': ['read_locations'],
  'Location.createdAt': ['read_locations'],
  'Location.fulfillsOnlineOrders': ['read_locations'],
  'Location.id': ['read_locations', 'read_inventory', 'read_markets_home'],
  'Location.isActive': ['read_locations'],
  'Location.isFulfillmentService': ['read_locations'],
  'Location.name': ['read_locations', 'read_markets_home'],
  'Location.shipsInventory': ['read_locations'],
  'Location.updatedAt': ['read_locations'],
  Media: [
    'read_products',
    'read_files',
    'read_themes',
    'read_orders',
    'read_draft_orders',
    'read_images',
    'read_quick_sale',
  ],
  MediaImage: [
    'read_products',
    'read_files',
    'read_themes',
    'read_orders',
    'read_draft_orders',
    'read_images',
    'read_quick_sale',
  ],
  'Mutation.collectionCreate': ['write_products'],
  'Mutation.collectionDelete': ['write_products'],
  'Mutation.collectionUpdate': ['write_products'],
  'Mutation.customerAddressCreate': ['write_customers'],
  'Mutation.customerAddressDelete': ['write_customers'],
  'Mutation.customerAddressUpdate': ['write_customers'],
  'Mutation.customerCreate': ['write_customers'],
  'Mutation.customerDelete': ['write_customers'],
  'Mutation.customerUpdate': ['write_customers'],
  'Mutation.discountCodeActivate': ['write_discounts'],
  'Mutation.discountCodeBasicCreate': ['write_discounts'],
  'Mutation.discountCodeBasicUpdate': ['write_discounts'],
  'Mutation.discountCodeDeactivate': ['write_discounts'],
  'Mutation.discountCodeDelete': ['write_discounts'],
  'Mutation.discountCodeFreeShippingCreate': ['write_discounts'],
  'Mutation.discountCodeFreeShippingUpdate': ['write_discounts'],
  'Mutation.fulfillmentCreate': [
    'write_assigned_fulfillment_orders',
    'write_merchant_managed_fulfillment_orders',
    'write_third_party_fulfillment_orders',
  ],
  'Mutation.fulfillmentEventCreate': ['write_fulfillments'],
  'Mutation.fulfillmentOrderHold': [
    'write_merchant_managed_fulfillment_orders',
    'write_third_party_fulfillment_orders',
  ],
  'Mutation.fulfillmentOrderReleaseHold': [
    'write_merchant_managed_fulfillment_orders',
    'write_third_party_fulfillment_orders',
    'write_marketplace_fulfillment_orders',
  ],
  'Mutation.fulfillmentTrackingInfoUpdate': [
    'write_assigned_fulfillment_orders',
    'write_merchant_managed_fulfillment_orders',
    'write_third_party_fulfillment_orders',
  ],
  'Mutation.inventoryActivate': ['write_inventory'],
  'Mutation.inventoryAdjustQuantities': ['write_inventory'],
  'Mutation.inventoryItemUpdate': ['write_inventory'],
  'Mutation.inventorySetQuantities': ['write_inventory'],
  'Mutation.orderCancel': ['write_orders', 'write_marketplace_orders'],
  'Mutation.orderCapture': ['write_orders', 'write_marketplace_orders'],
  'Mutation.orderClose': ['write_orders'],
  'Mutation.orderCreate': ['write_orders'],
  'Mutation.orderDelete': ['write_orders'],
  'Mutation.orderMarkAsPaid': ['write_orders'],
  'Mutation.orderOpen': ['write_orders'],
  'Mutation.orderUpdate': [
    'write_orders',
    'write_marketplace_orders',
    'write_quick_sale',
    'write_pos_staff_member_event_attribution_overrides',
  ],
  'Mutation.productCreate': ['write_products'],
  'Mutation.productDelete': ['write_products'],
  'Mutation.productSet': ['write_products'],
  'Mutation.productUpdate': ['write_products'],
  'Mutation.productVariantsBulkCreate': ['write_products'],
  'Mutation.productVariantsBulkDelete': ['write_products'],
  'Mutation.productVariantsBulkUpdate': ['write_products'],
  'Mutation.publishablePublish': ['write_publications'],
  'Mutation.publishableUnpublish': ['write_publications'],
  'Mutation.returnApproveRequest': ['write_returns', 'write_marketplace_returns'],
  'Mutation.returnCancel': ['write_returns', 'write_marketplace_returns'],
  'Mutation.returnClose': ['write_returns', 'write_marketplace_returns'],
  'Mutation.returnCreate': ['write_returns', 'write_marketplace_returns'],
  'Mutation.returnDeclineRequest': ['write_returns', 'write_marketplace_returns'],
  'Mutation.returnReopen': ['write_returns', 'write_marketplace_returns'],
  'Mutation.returnRequest': ['write_returns', 'write_marketplace_returns'],
  'Mutation.transactionVoid': ['write_orders'],
  Order: ['read_orders', 'read_marketplace_orders', 'read_quick_sale'],
  OrderAdjustment: ['read_orders', 'read_marketplace_orders'],
  OrderApp: ['read_orders'],
  OrderCancelUserError: ['read_orders', 'read_marketplace_orders'],
  OrderCancellation: ['read_orders'],
  OrderDeleteUserError: ['read_orders'],
  OrderTransaction: ['read_orders', 'read_marketplace_orders'],
  Product: ['read_products'],
  ProductOption: ['read_products'],
  ProductOptionValue: ['read_products'],
  ProductPriceRangeV2: ['read_products'],
  ProductSetOperation: ['read_products'],
  ProductVariant: ['read_products'],
  ProductVariantsBulkCreateUserError: ['read_products'],
  ProductVariantsBulkDeleteUserError: ['read_products'],
  ProductVariantsBulkUpdateUserError: ['read_products'],
  'QueryRoot.abandonedCheckouts': ['read_orders'],
  'QueryRoot.abandonedCheckoutsCount': ['read_orders'],
  'QueryRoot.codeDiscountNodeByCode': ['read_discounts'],
  'QueryRoot.collectionsCount': ['read_products'],
  'QueryRoot.customerByIdentifier': ['read_customers'],
  'QueryRoot.customersCount': ['read_customers'],
  'QueryRoot.discountNodes': ['read_discounts'],
  'QueryRoot.discountNodesCount': ['read_discounts'],
  'QueryRoot.fulfillment': [
    'read_orders',
    'read_marketplace_orders',
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ],
  'QueryRoot.fulfillmentOrders': [
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ],
  'QueryRoot.orderByIdentifier': ['read_orders', 'read_marketplace_orders'],
  'QueryRoot.ordersCount': ['read_orders', 'read_marketplace_orders'],
  'QueryRoot.productByIdentifier': ['read_products'],
  'QueryRoot.productsCount': ['read_products'],
  'QueryRoot.publications': ['read_publications'],
  'QueryRoot.refund': ['read_orders', 'read_marketplace_orders'],
  'QueryRoot.return': ['read_returns', 'read_marketplace_returns'],
  'QueryRoot.returnReasonDefinitions': ['read_returns'],
  Refund: ['read_orders', 'read_marketplace_orders'],
  RefundDuty: ['read_orders', 'read_marketplace_orders'],
  RefundLineItem: ['read_orders', 'read_marketplace_orders'],
  RefundShippingLine: ['read_orders', 'read_marketplace_orders'],
  Return: ['read_returns', 'read_marketplace_returns'],
  ReturnDecline: ['read_returns', 'read_marketplace_returns'],
  ReturnLineItem: ['read_returns', 'read_marketplace_returns'],
  ReturnLineItemType: ['read_returns', 'read_marketplace_returns'],
  ReturnReasonDefinition: ['read_returns'],
  ShippingRefund: ['read_orders', 'read_marketplace_orders'],
  SuggestedOrderTransaction: ['read_orders', 'read_marketplace_orders'],
  SuggestedRefund: ['read_orders', 'read_marketplace_orders'],
  TransactionFee: ['read_orders'],
};

// Written by scripts/extract-shopify-schema.mjs from the documents in served/; do not edit.

export const TYPES_3 = `enum OrderCancelUserErrorCode { INTERNAL_ERROR INVALID NOT_FOUND NO_REFUND_PERMISSION
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

type OrderTransaction implements Node { accountNumber: String amountRoundingSet: MoneyBag amountSet: MoneyBag!
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

type Product implements Node { category: TaxonomyCategory
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

interface ProductOperation { product: Product status: ProductOperationStatus! }

enum ProductOperationStatus { ACTIVE COMPLETE CREATED }

type ProductOption implements Node { id: ID! name: String! optionValues: [ProductOptionValue!]! position: Int!
  values: [String!]! }

type ProductOptionValue implements Node { hasVariants: Boolean! id: ID! name: String! }

type ProductPriceRangeV2 { maxVariantPrice: MoneyV2! minVariantPrice: MoneyV2! }

input ProductSetIdentifiers @oneOf { handle: String id: ID }

input ProductSetInput { category: ID collections: [ID!] descriptionHtml: String files: [FileSetInput!]
  giftCard: Boolean handle: String metafields: [MetafieldInput!] productOptions: [OptionSetInput!] productType: String
  redirectNewHandle: Boolean seo: SEOInput status: ProductStatus tags: [String!] templateSuffix: String title: String
  variants: [ProductVariantSetInput!] vendor: String }

input ProductSetInventoryInput { locationId: ID! name: String! quantity: Int! }

type ProductSetOperation implements Node & ProductOperation { id: ID! product: Product status: ProductOperationStatus!
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

type ProductVariant implements Node { availableForSale: Boolean! barcode: String compareAtPrice: Money
  createdAt: DateTime! displayName: String! id: ID! inventoryItem: InventoryItem!
  inventoryPolicy: ProductVariantInventoryPolicy! inventoryQuantity: Int legacyResourceId: UnsignedInt64!
  position: Int! price: Money! product: Product! selectedOptions: [SelectedOption!]! sku: String taxable: Boolean!
  title: String! updatedAt: DateTime! }

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

type Publication implements Node { catalog: Catalog id: ID! name: String! @deprecated }

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
  inventoryLevel(id: ID!): InventoryLevel inventoryProperties: InventoryProperties! job(id: ID!): Job
  location(id: ID): Location
  locations(after: String, before: String, first: Int, includeInactive: Boolean = false, includeLegacy: Boolean = false, last: Int, query: String, reverse: Boolean = false, sortKey: LocationSortKeys = NAME): LocationConnection!
  node(id: ID!): Node nodes(ids: [ID!]!): [Node]! order(id: ID!): Order
  orderByIdentifier(identifier: OrderIdentifierInput!): Order
  orders(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: OrderSortKeys = PROCESSED_AT): OrderConnection!
  ordersCount(limit: Int = 10000, query: String): Count product(id: ID!): Product
  productByIdentifier(identifier: ProductIdentifierInput!): Product productOperation(id: ID!): ProductOperation
  productVariant(id: ID!): ProductVariant
  productVariants(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: ProductVariantSortKeys = ID): ProductVariantConnection!
  products(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: ProductSortKeys = ID): ProductConnection!
  productsCount(limit: Int = 10000, query: String): Count publicApiVersions: [ApiVersion!]!
  publications(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): PublicationConnection!
  refund(id: ID!): Refund return(id: ID!): Return
  returnReasonDefinitions(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReturnReasonDefinitionConnection!
  shop: Shop! webhookSubscription(id: ID!): WebhookSubscription
  webhookSubscriptions(after: String, before: String, callbackUrl: URL, first: Int, format: WebhookSubscriptionFormat, last: Int, query: String, reverse: Boolean = false, sortKey: WebhookSubscriptionSortKeys = CREATED_AT, topics: [WebhookSubscriptionTopic!], uri: String): WebhookSubscriptionConnection!
  webhookSubscriptionsCount(limit: Int = 10000, query: String): Count }

type Refund implements Node { createdAt: DateTime duties: [RefundDuty!] id: ID! legacyResourceId: UnsignedInt64!
  note: String order: Order!
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

type RefundShippingLine implements Node { id: ID! shippingLine: ShippingLine! subtotalAmountSet: MoneyBag!
  taxAmountSet: MoneyBag! }

type RefundShippingLineConnection { edges: [RefundShippingLineEdge!]! nodes: [RefundShippingLine!]!
  pageInfo: PageInfo! }

type RefundShippingLineEdge { cursor: String! node: RefundShippingLine! }

type Return implements Node { closedAt: DateTime createdAt: DateTime! decline: ReturnDecline id: ID! name: String!
  order: Order!
  refunds(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundConnection!
  requestApprovedAt: DateTime
  returnLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReturnLineItemTypeConnection!
  status: ReturnStatus! totalQuantity: Int! }

input ReturnApproveRequestInput { id: ID! notifyCustomer: Boolean = false unprocessed: Boolean = false }

type ReturnApproveRequestPayload { return: Return userErrors: [ReturnUserError!]! }

type ReturnCancelPayload { return: Return userErrors: [ReturnUserError!]! }
`;

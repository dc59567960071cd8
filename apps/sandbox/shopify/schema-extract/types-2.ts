// Written by scripts/extract-shopify-schema.mjs from the documents in served/; do not edit.

export const TYPES_2 = `type FulfillmentLineItemConnection { edges: [FulfillmentLineItemEdge!]! nodes: [FulfillmentLineItem!]!
  pageInfo: PageInfo! }

type FulfillmentLineItemEdge { cursor: String! node: FulfillmentLineItem! }

type FulfillmentOrder implements Node { assignedLocation: FulfillmentOrderAssignedLocation! createdAt: DateTime!
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

type FulfillmentOrderDestination implements Node { address1: String address2: String city: String company: String
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

type FulfillmentOrderLineItem implements Node { id: ID! lineItem: LineItem! productTitle: String!
  remainingQuantity: Int! requiresShipping: Boolean! sku: String totalQuantity: Int! variant: ProductVariant
  variantTitle: String vendor: String }

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

type InventoryAdjustmentGroup implements Node { changes: [InventoryChange!]! createdAt: DateTime! id: ID!
  reason: String! referenceDocumentUri: String }

type InventoryChange { delta: Int! item: InventoryItem location: Location name: String! quantityAfterChange: Int }

input InventoryChangeInput { changeFromQuantity: Int delta: Int! inventoryItemId: ID! ledgerDocumentUri: String
  locationId: ID! }

type InventoryItem implements Node { countryCodeOfOrigin: CountryCode createdAt: DateTime!
  harmonizedSystemCode: String id: ID!
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

type InventoryItemMeasurement implements Node { id: ID! weight: Weight }

input InventoryItemMeasurementInput { weight: WeightInput }

type InventoryItemUpdatePayload { inventoryItem: InventoryItem userErrors: [UserError!]! }

type InventoryLevel implements Node { createdAt: DateTime! id: ID! isActive: Boolean! item: InventoryItem!
  location: Location! quantities(names: [String!]!): [InventoryQuantity!]! updatedAt: DateTime! }

type InventoryLevelConnection { edges: [InventoryLevelEdge!]! nodes: [InventoryLevel!]! pageInfo: PageInfo! }

type InventoryLevelEdge { cursor: String! node: InventoryLevel! }

input InventoryLevelInput { availableQuantity: Int! locationId: ID! }

type InventoryProperties { quantityNames: [InventoryQuantityName!]! }

type InventoryQuantity implements Node { id: ID! name: String! quantity: Int! updatedAt: DateTime }

input InventoryQuantityInput { changeFromQuantity: Int inventoryItemId: ID! locationId: ID! quantity: Int! }

type InventoryQuantityName { belongsTo: [String!]! comprises: [String!]! displayName: String isInUse: Boolean!
  name: String! }

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

type LineItem implements Node { currentQuantity: Int! customAttributes: [Attribute!]!
  discountAllocations: [DiscountAllocation!]! discountedTotalSet(withCodeDiscounts: Boolean = false): MoneyBag!
  discountedUnitPriceAfterAllDiscountsSet: MoneyBag! discountedUnitPriceSet: MoneyBag! duties: [Duty!]! id: ID!
  isGiftCard: Boolean! name: String! nonFulfillableQuantity: Int! originalTotalSet: MoneyBag!
  originalUnitPriceSet: MoneyBag! product: Product quantity: Int! refundableQuantity: Int! requiresShipping: Boolean!
  restockable: Boolean! sku: String taxLines(first: Int): [TaxLine!]! taxable: Boolean! title: String!
  totalDiscountSet: MoneyBag! unfulfilledDiscountedTotalSet: MoneyBag! unfulfilledOriginalTotalSet: MoneyBag!
  unfulfilledQuantity: Int! variant: ProductVariant variantTitle: String vendor: String weight: Weight }

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

type Location implements Node { address: LocationAddress! createdAt: DateTime! fulfillsOnlineOrders: Boolean! id: ID!
  inventoryLevel(includeInactive: Boolean = false, inventoryItemId: ID!): InventoryLevel
  inventoryLevels(after: String, before: String, first: Int, includeInactive: Boolean = false, last: Int, query: String, reverse: Boolean = false): InventoryLevelConnection!
  isActive: Boolean! isFulfillmentService: Boolean! legacyResourceId: UnsignedInt64! name: String!
  shipsInventory: Boolean! updatedAt: DateTime! }

type LocationAddress { address1: String address2: String city: String country: String countryCode: String
  phone: String province: String provinceCode: String zip: String }

type LocationConnection { edges: [LocationEdge!]! nodes: [Location!]! pageInfo: PageInfo! }

type LocationEdge { cursor: String! node: Location! }

enum LocationSortKeys { ID NAME RELEVANCE }

type MailingAddress implements Node { address1: String address2: String city: String company: String country: String
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

type MediaImage implements Media & Node { alt: String id: ID! image: Image mediaContentType: MediaContentType!
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
  discountAutomaticDelete(id: ID!): DiscountAutomaticDeletePayload
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
  returnProcess(input: ReturnProcessInput!): ReturnProcessPayload returnReopen(id: ID!): ReturnReopenPayload
  returnRequest(input: ReturnRequestInput!): ReturnRequestPayload
  transactionVoid(parentTransactionId: ID!): TransactionVoidPayload
  webhookSubscriptionCreate(topic: WebhookSubscriptionTopic!, webhookSubscription: WebhookSubscriptionInput!): WebhookSubscriptionCreatePayload
  webhookSubscriptionDelete(id: ID!): WebhookSubscriptionDeletePayload
  webhookSubscriptionUpdate(id: ID!, webhookSubscription: WebhookSubscriptionInput!): WebhookSubscriptionUpdatePayload
}

interface Node { id: ID! }

input OptionCreateInput { name: String position: Int values: [OptionValueCreateInput!] }

input OptionSetInput { id: ID name: String position: Int values: [OptionValueSetInput!] }

input OptionValueCreateInput { name: String }

input OptionValueSetInput { id: ID name: String }

type Order implements Node { additionalFees: [AdditionalFee!]! app: OrderApp billingAddress: MailingAddress
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

type OrderAdjustment implements Node { amountSet: MoneyBag! id: ID! reason: OrderAdjustmentDiscrepancyReason
  taxAmountSet: MoneyBag! }

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
`;

// Written by scripts/extract-shopify-schema.mjs from the documents in served/; do not edit.

export const TYPES_4 = `type ReturnClosePayload { return: Return userErrors: [ReturnUserError!]! }

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

type ReturnLineItem implements Node & ReturnLineItemType { customerNote: String
  fulfillmentLineItem: FulfillmentLineItem! id: ID! processableQuantity: Int! processedQuantity: Int! quantity: Int!
  refundableQuantity: Int! refundedQuantity: Int! returnReason: ReturnReason! @deprecated
  returnReasonDefinition: ReturnReasonDefinition returnReasonNote: String! unprocessedQuantity: Int!
  withCodeDiscountedTotalPriceSet: MoneyBag! }

input ReturnLineItemInput { fulfillmentLineItemId: ID! quantity: Int! returnReason: ReturnReason
  returnReasonDefinitionId: ID returnReasonNote: String = "" }

interface ReturnLineItemType { customerNote: String id: ID! processableQuantity: Int! processedQuantity: Int!
  quantity: Int! refundableQuantity: Int! refundedQuantity: Int! returnReason: ReturnReason! @deprecated
  returnReasonDefinition: ReturnReasonDefinition returnReasonNote: String! unprocessedQuantity: Int! }

type ReturnLineItemTypeConnection { edges: [ReturnLineItemTypeEdge!]! nodes: [ReturnLineItemType!]!
  pageInfo: PageInfo! }

type ReturnLineItemTypeEdge { cursor: String! node: ReturnLineItemType! }

input ReturnProcessInput { note: String notifyCustomer: Boolean = false returnId: ID!
  returnLineItems: [ReturnProcessReturnLineItemInput!] = [] }

type ReturnProcessPayload { return: Return userErrors: [ReturnUserError!]! }

input ReturnProcessReturnLineItemInput { id: ID! quantity: Int! }

enum ReturnReason { COLOR DEFECTIVE NOT_AS_DESCRIBED OTHER SIZE_TOO_LARGE SIZE_TOO_SMALL STYLE UNKNOWN UNWANTED
  WRONG_ITEM }

type ReturnReasonDefinition implements Node { deleted: Boolean! handle: String! id: ID! name: String! }

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

type Shop implements Node { contactEmail: String! createdAt: DateTime! currencyCode: CurrencyCode!
  currencyFormats: CurrencyFormats! description: String email: String! enabledPresentmentCurrencies: [CurrencyCode!]!
  ianaTimezone: String! id: ID! myshopifyDomain: String! name: String! plan: ShopPlan! primaryDomain: Domain!
  setupRequired: Boolean! shopAddress: ShopAddress! shopOwnerName: String! taxShipping: Boolean!
  taxesIncluded: Boolean! timezoneAbbreviation: String! timezoneOffset: String! timezoneOffsetMinutes: Int!
  unitSystem: UnitSystem! updatedAt: DateTime! url: URL! weightUnit: WeightUnit! }

type ShopAddress implements Node { address1: String address2: String city: String company: String country: String
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

type TaxonomyCategory implements Node { fullName: String! id: ID! name: String! }

type TransactionFee implements Node { amount: MoneyV2! id: ID! rate: Decimal! rateName: String type: String! }

type TransactionVoidPayload { transaction: OrderTransaction userErrors: [TransactionVoidUserError!]! }

type TransactionVoidUserError { code: TransactionVoidUserErrorCode field: [String!] message: String! }

enum TransactionVoidUserErrorCode { AUTH_NOT_SUCCESSFUL AUTH_NOT_VOIDABLE GENERIC_ERROR TRANSACTION_NOT_FOUND }

scalar URL

enum UnitSystem { IMPERIAL_SYSTEM METRIC_SYSTEM }

scalar UnsignedInt64

type UserError { field: [String!] message: String! }

input VariantOptionValueInput { id: ID name: String optionId: ID optionName: String }

type WebhookHttpEndpoint { callbackUrl: URL! }

type WebhookSubscription implements Node { apiVersion: ApiVersion! callbackUrl: URL! @deprecated createdAt: DateTime!
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

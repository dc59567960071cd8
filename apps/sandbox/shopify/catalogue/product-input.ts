/** What `ProductCreateInput`, `ProductUpdateInput` and `ProductSetInput` have in common. */
export interface ProductInput {
  readonly id?: string | null;
  readonly title?: string | null;
  readonly handle?: string | null;
  readonly descriptionHtml?: string | null;
  readonly vendor?: string | null;
  readonly productType?: string | null;
  readonly status?: string | null;
  readonly tags?: readonly string[] | null;
  readonly giftCard?: boolean | null;
  readonly templateSuffix?: string | null;
  readonly seo?: { readonly title?: string | null; readonly description?: string | null } | null;
  readonly productOptions?:
    | readonly {
        readonly name?: string | null;
        readonly values?: readonly { readonly name?: string | null }[] | null;
      }[]
    | null;
  readonly collectionsToJoin?: readonly string[] | null;
  readonly collectionsToLeave?: readonly string[] | null;
}

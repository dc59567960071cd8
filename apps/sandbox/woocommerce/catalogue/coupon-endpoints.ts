import { pageOf } from '../list-query.js';
import { matchesPostQuery, matchesSearch, type PostQuery, readPostQuery, sortPosts } from '../post-query.js';
import { CANNOT_LIST, type RestEndpoint } from '../rest-endpoint.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { type CatalogueCall, catalogueCall, itemLinks } from './catalogue-call.js';
import { couponBody } from './coupon-body.js';
import { createCoupon, deleteCoupon, INVALID_COUPON, updateCoupon, type WrittenCoupon } from './coupon-changes.js';
import { itemRoutes, LIST_ALLOWS, withLocation } from './item-routes.js';
import { COUPON_RULES, requiring } from './product-rules.js';

interface CouponQuery extends PostQuery<string> {
  readonly code: string | undefined;
}

/** `GET /coupons` */
export const listCoupons: RestEndpoint<CouponQuery> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_LIST,
  read: (reader) => ({
    ...readPostQuery<string>(reader, ['date', 'id', 'include', 'title', 'slug', 'modified'], 'date'),
    code: reader.text('code')?.toLowerCase(),
  }),
  answer: ({ site, state, parameters, sanitized }): RestOutcome => {
    const call = catalogueCall(site, state);
    const { code, search, page, perPage } = parameters;
    const found = call.catalogue.coupons
      .all()
      .filter((coupon) => coupon.status !== 'trash')
      .filter((coupon) => code === undefined || coupon.code === code)
      .filter((coupon) => search === '' || matchesSearch(search, coupon.code, coupon.description))
      .filter((coupon) => matchesPostQuery(coupon, parameters, site.shop.timeZone));
    const sorted = sortPosts(found, parameters, (coupon) => coupon.code);
    const items = pageOf(sorted, parameters).map((coupon) => ({
      ...couponBody(coupon, call),
      _links: itemLinks(site.siteUrl, 'coupons', coupon.id),
    }));
    return { kind: 'page', items, total: found.length, page, perPage, path: '/wc/v3/coupons', query: sanitized };
  },
};

export const couponRoutes = itemRoutes({
  createRules: requiring(COUPON_RULES, 'code'),
  editRules: COUPON_RULES,
  find: (call, id) => {
    const coupon = call.catalogue.coupons.find(id);
    return answerOf(coupon ? { value: coupon } : { error: INVALID_COUPON }, call);
  },
  create: (call, values) => {
    const made = createCoupon(values, call);
    return withLocation(answerOf(made, call), call, 'coupons', made);
  },
  update: (call, id, values) => answerOf(updateCoupon(id, values, call), call),
  remove: (call, id, force) => answerOf(deleteCoupon(id, force, call), call),
});

function answerOf(written: WrittenCoupon, call: CatalogueCall): RestOutcome {
  if ('error' in written) return refused(written.error);
  const { value } = written;
  const links = itemLinks(call.siteUrl, 'coupons', value.id);
  return { kind: 'item', body: couponBody(value, call), links, wholeMembers: true };
}

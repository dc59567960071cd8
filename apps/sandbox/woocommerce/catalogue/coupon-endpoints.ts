import { truthArgument, wholeArgument } from '../order-writes/arguments.js';
import type { BatchActions } from '../order-writes/batch-endpoint.js';
import { FORCE_RULES } from '../order-writes/order-rules.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestEndpoint } from '../rest-endpoint.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../write-endpoint.js';
import { type CatalogueCall, catalogueCall, itemLinks } from './catalogue-call.js';
import { couponBody } from './coupon-body.js';
import { createCoupon, deleteCoupon, INVALID_COUPON, updateCoupon, type WrittenCoupon } from './coupon-changes.js';
import { pageOf } from '../list-query.js';
import { matchesPostQuery, matchesSearch, type PostQuery, readPostQuery, sortPosts } from '../post-query.js';
import { ITEM_ALLOWS, LIST_ALLOWS } from './product-endpoints.js';
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

export const getCoupon: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_VIEW,
  read: (reader) => void reader.oneOf('context', ['view', 'edit'], 'view'),
  answer: ({ site, state, path }): RestOutcome => {
    const call = catalogueCall(site, state);
    const coupon = call.catalogue.coupons.find(Number(path['id']));
    return answerOf(coupon ? { value: coupon } : { error: INVALID_COUPON }, call);
  },
};

export const postCoupon: RestEndpoint<void> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_CREATE,
  rules: () => requiring(COUPON_RULES, 'code'),
  read: () => undefined,
  answer: ({ site, state, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    const made = createCoupon(values, call);
    const outcome = answerOf(made, call);
    if ('error' in made || outcome.kind !== 'item') return outcome;
    return { ...outcome, location: `${site.siteUrl}/wp-json/wc/v3/coupons/${made.value.id}` };
  },
};

export const putCoupon: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_EDIT,
  rules: () => COUPON_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    return answerOf(updateCoupon(Number(path['id']), values, call), call);
  },
};

export const deleteCouponRoute: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_DELETE,
  rules: () => FORCE_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    return answerOf(deleteCoupon(Number(path['id']), truthArgument(values['force']), call), call);
  },
};

/** `POST /coupons/batch` takes these three. */
export const couponBatch: BatchActions = {
  create: ({ site, state }, body) => {
    const call = catalogueCall(site, state);
    return answerOf(createCoupon(body, call), call);
  },
  update: ({ site, state }, body) => {
    const call = catalogueCall(site, state);
    return answerOf(updateCoupon(wholeArgument(body['id']) ?? 0, body, call), call);
  },
  remove: ({ site, state }, id) => {
    const call = catalogueCall(site, state);
    return answerOf(deleteCoupon(id, true, call), call);
  },
};

function answerOf(written: WrittenCoupon, call: CatalogueCall): RestOutcome {
  if ('error' in written) return refused(written.error);
  const { value } = written;
  const links = itemLinks(call.siteUrl, 'coupons', value.id);
  return { kind: 'item', body: couponBody(value, call), links, wholeMembers: true };
}

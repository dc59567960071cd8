import { describeConnector } from '#testing';
import { shopify } from './shopify.js';

describeConnector(shopify, new URL('__fixtures__/', import.meta.url));

import { describeConnector } from '#testing';
import { woocommerce } from './woocommerce.js';

describeConnector(woocommerce, new URL('__fixtures__/', import.meta.url));

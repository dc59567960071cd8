import { describeConnector } from '#testing';
import { bigcommerce } from './bigcommerce.js';

describeConnector(bigcommerce, new URL('__fixtures__/', import.meta.url));

import { describeConnector } from '#testing';
import { magento } from './magento.js';

describeConnector(magento, new URL('__fixtures__/', import.meta.url));

import axios, { type AxiosInstance } from 'axios';

/** axios carries the bytes; what it would do to them on its own is off: parsing, redirects, proxies, decompression. */
export function createHttpClient(): AxiosInstance {
  return axios.create({
    adapter: 'http',
    responseType: 'stream',
    decompress: false,
    maxRedirects: 0,
    proxy: false,
    validateStatus: null,
    transformRequest: (data: unknown) => data,
  });
}

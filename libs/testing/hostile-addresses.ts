/** No spelling of these is the address of a shop on any platform. */
export const HOSTILE_ADDRESSES: readonly string[] = [
  '',
  ' ',
  '/',
  '//',
  'https://',
  'https://?',
  'javascript:alert(1)',
  'javascript://shop.example.com/%0aalert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'ftp://shop.example.com',
  'https://user:password@shop.example.com',
  'https://shop.example.com@evil.example.net',
  'https://shop.example.com\\@evil.example.net',
  'https://shop.example.com\\.evil.example.net',
  'https://shop example.com',
  'shop.example.com\r\nx-injected: 1',
  'shop.example.com\u0000.evil.example.net',
  'https://shop.example.com.',
  'https://shop.example.com:99999',
  'https://[::1',
  'https://%00',
  'https://shop.example.com:443:80',
  'a b',
  `https://shop.example.com${'/'.repeat(50_000)}x`,
  '@',
];

/** Addresses that only a platform with hosts of its own can refuse. */
export const FOREIGN_ADDRESSES: readonly string[] = [
  'evil.example.net',
  'https://evil.example.net',
  'https://evil.example.net/#',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://localhost',
];

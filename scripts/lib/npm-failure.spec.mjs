import { expect, it } from 'vitest';
import { explainNpmFailure } from './npm-failure.mjs';

it.each([
  ['npm error code ENOSPC\nnpm error nospc No space left on device', 'The disk is full'],
  ["npm error code EACCES\nnpm error path '/srv'", 'npm may not write here'],
  ['npm error code ENOTFOUND\nnpm error network request to https://r/x failed', 'could not reach its registry'],
  ['npm error code ECONNREFUSED', 'could not reach its registry'],
  ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'certificate is not trusted'],
  ['npm error code E401', 'wants a login'],
  ['npm error code EINTEGRITY', 'differs from package-lock.json'],
  ['npm error code ETARGET', 'lacks a package'],
  [
    '`npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync',
    'disagree',
  ],
  ['spawn npm ENOENT', 'npm was not found'],
  ['something new', 'npm could not install the packages'],
])('explains %j', (output, sentence) => {
  expect(explainNpmFailure(output)).toContain(sentence);
  expect(explainNpmFailure(output)).toMatch(/, then run the same command again\.$/);
});

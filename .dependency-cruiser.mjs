// The house rules of CONTRIBUTING.md: which room may know which. Read from top to bottom; each rule is one arrow that must not be.
const lib = (name) => `^libs/${name}/`;
const tests = '\\.(spec|int-spec|e2e-spec)\\.ts$|^test/|^libs/testing/|/testing/';

/** Only the named rooms may import a package. */
const onlyIn = (packages, rooms, comment) => ({
  name: `${packages[0].replace(/[^a-z-]/g, '')}-has-its-room`,
  comment,
  severity: 'error',
  from: { pathNot: [...rooms.map((room) => `^${room}/`), tests] },
  to: { path: packages.map((name) => `node_modules/${name}`) },
});

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'What depends on itself cannot be understood alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'contract-imports-nothing',
      comment: 'The contract is what everything else stands on.',
      severity: 'error',
      from: { path: lib('contract'), pathNot: tests },
      to: { path: '^(libs|apps)/', pathNot: lib('contract') },
    },
    {
      name: 'kit-imports-contract-only',
      severity: 'error',
      from: { path: lib('kit'), pathNot: tests },
      to: { path: '^(libs|apps)/', pathNot: '^libs/(kit|contract)/' },
    },
    {
      name: 'connectors-import-contract-and-kit-only',
      comment: 'A connector is a value without a framework: no Nest, no database, no HTTP client, no file system.',
      severity: 'error',
      from: { path: '^libs/connectors/[^/]+/', pathNot: tests },
      to: { path: '.', pathNot: ['^libs/(contract|kit)/', '^libs/connectors/[^/]+/', 'node_modules/zod/'] },
    },
    {
      name: 'connectors-do-not-know-each-other',
      severity: 'error',
      from: { path: '^libs/connectors/([^/]+)/', pathNot: tests },
      to: { path: '^libs/connectors/[^/]+/', pathNot: '^libs/connectors/$1/' },
    },
    {
      name: 'connectors-have-one-door',
      comment: 'Everybody else reaches them through libs/connectors/index.ts.',
      severity: 'error',
      from: { pathNot: ['^libs/connectors/', tests] },
      to: { path: '^libs/connectors/[^/]+/' },
    },
    {
      name: 'rooms-have-one-door',
      comment: 'A lib is imported by its name (#name), not by a file inside it.',
      severity: 'error',
      from: { path: '^(libs/([^/]+)|apps/([^/]+))/', pathNot: tests },
      to: { path: '^libs/[^/]+/.+', pathNot: ['^libs/[^/]+/index\\.ts$', '^libs/$2/', '^libs/connectors/'] },
    },
    {
      name: 'health-looks-and-does-not-reach-out',
      comment:
        'Probes go the way of every call, through the store; the vault, the kit and the queue are none of its business.',
      severity: 'error',
      from: { path: lib('health'), pathNot: tests },
      to: { path: '^libs/', pathNot: '^libs/(health|contract|connections|connectors|events|persistence|store)/' },
    },
    {
      name: 'branding-knows-no-connection',
      comment: 'What strangers send as a picture or a colour is read far from credentials and from the network.',
      severity: 'error',
      from: { path: lib('branding'), pathNot: tests },
      to: { path: '^libs/', pathNot: '^libs/(branding|contract|persistence)/' },
    },
    {
      name: 'no-app-imports-an-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: tests },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-do-not-import-apps',
      severity: 'error',
      from: { path: '^libs/', pathNot: tests },
      to: { path: '^apps/' },
    },
    {
      name: 'product-does-not-import-testing',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: tests },
      to: { path: '^(libs/testing|test)/' },
    },
    {
      name: 'console-knows-the-api-and-nothing-behind-it',
      comment: 'It runs in a browser: types and schemas of what operators are told, and its UI libraries.',
      severity: 'error',
      from: { path: '^apps/console/', pathNot: [tests, '^apps/console/vite\\.config\\.ts$'] },
      to: {
        path: '.',
        pathNot: [
          '^apps/console/(?!testing/)',
          '^libs/(operator-api|contract)/',
          'node_modules/(react|react-dom|@types/react|@types/react-dom|@mantine|@tanstack|wouter|zod)/',
        ],
      },
    },
    {
      name: 'console-stays-in-its-room',
      comment: 'The gateway serves the built files; nobody else imports what a browser runs.',
      severity: 'error',
      from: { pathNot: ['^apps/console/', tests] },
      to: { path: '^apps/console/' },
    },
    onlyIn(['axios'], ['libs/kit'], 'Every outgoing byte goes through the guarded transport.'),
    onlyIn(['openid-client'], ['libs/connections', 'libs/auth'], 'Platform side and operators’ sign-in.'),
    onlyIn(['bullmq', '@nestjs/bullmq', 'ioredis'], ['libs/queue'], 'The queue can be changed in one place.'),
    onlyIn(['prom-client', '@opentelemetry'], ['libs/observability'], 'What a process tells of itself has one home.'),
    onlyIn(
      ['react', 'react-dom', 'recharts', '@mantine', '@tanstack', 'wouter', '@vitejs'].map((name) => `${name}(/|$)`),
      ['apps/console'],
      'What a browser runs stays out of the servers.',
    ),
    onlyIn(['pg', '@prisma'], ['libs/persistence', 'libs/local-postgres'], 'SQL has one home.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)generated/|__fixtures__' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['shopspan-source', 'import', 'node', 'default', 'types'],
    },
  },
};

/** The architecture, as import rules. Explained in docs/architecture.md; test/architecture plants a violation of each. */
const rule = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {object[]} */ ...[from, to]) => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
});

export default {
  forbidden: [
    rule('no-cycles', 'Data flows one way.', {}, { circular: true }),

    rule(
      'only-contracts-cross-processes',
      'src-renderer and src-main meet src-server, and each other, only in *.contract.ts.',
      { path: '^src-(renderer|main)/' },
      { path: '^src-(server|main|renderer)/', pathNot: ['^src-$1/', '\\.contract\\.ts$'] },
    ),
    rule(
      'server-knows-no-desktop',
      'The server also runs with no desktop, under plain Node.',
      { path: '^src-server/' },
      { path: ['^src-(main|renderer)/', '(^|node_modules/)electron(/|$)'] },
    ),
    rule(
      'contracts-are-leaves',
      'A contract describes data; it may use only zod and other contracts.',
      { path: '\\.contract\\.ts$' },
      { pathNot: ['\\.contract\\.ts$', 'node_modules/zod/'] },
    ),
    rule(
      'phone-is-not-console',
      'Console, phone page and portal script share only ui/, api/ and i18n/.',
      { path: '^src-renderer/(phone|console|portal)/' },
      { path: '^src-renderer/(phone|console|portal)/', pathNot: '^src-renderer/$1/' },
    ),
    rule('no-node-in-the-renderer', 'Browser code runs where there is no Node.', { path: '^src-renderer/' }, { dependencyTypes: ['core'] }),

    rule(
      'sql-only-in-queries',
      'Only *.queries.ts, database/ and the context touch Kysely.',
      { path: '^src-(server|main)/', pathNot: ['\\.queries\\.ts$', '^src-server/(database|kernel)/'] },
      { path: ['node_modules/(kysely|better-sqlite3|pg)/', '^src-server/database/tables'] },
    ),
    rule(
      'only-the-service-calls-queries',
      'Routes, views and other features go through the service. seed/ writes demo data in bulk, past every service, on purpose.',
      { path: '^src-', pathNot: '(\\.service|\\.queries|\\.jobs)\\.ts$|^src-server/seed/' },
      { path: '\\.queries\\.ts$' },
    ),
    rule('queries-stay-home', 'A feature’s queries are its own.', { path: '^src-server/([^/]+)/' }, { path: '\\.queries\\.ts$', pathNot: '^src-server/$1/' }),
    rule('queries-call-nobody', 'A query asks the database; who decides calls it.', { path: '\\.queries\\.ts$' }, { path: '\\.(service|jobs|routes)\\.tsx?$' }),
    rule(
      'services-know-no-http',
      'Services and queries are called by routes, jobs, the command line and tests alike.',
      { path: '\\.(service|queries)\\.tsx?$' },
      { path: ['^src-server/http/', '\\.routes\\.tsx?$', 'node_modules/(@fastify|fastify)'] },
    ),
    rule(
      'features-below-pages',
      'portal/, phone/ and desk/ compose features; no feature knows them, but for their settings.',
      { path: '^src-server/', pathNot: '^src-server/(portal|phone|desk|insights|setup)/|^src-server/[^/]+$' },
      { path: '^src-server/(portal|phone|desk)/', pathNot: '(\\.contract|-settings)\\.ts$' },
    ),
    rule(
      'foundations-know-no-features',
      'kernel/, config/, database/ and http/ sit below every feature.',
      { path: '^src-server/(kernel|config|database|http)/' },
      { path: '^src-server/', pathNot: '^src-server/(kernel|config|database|http)/' },
    ),
    rule(
      'no-orphans',
      'A file nobody uses.',
      { orphan: true, pathNot: ['\\.d\\.ts$', '^test/', '(main|cli|serve|preload|service-worker|vite\\.config)\\.tsx?$', '\\.contract\\.ts$'] },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)planted/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};

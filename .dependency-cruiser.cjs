/** Imports go one way: core knows nobody, interop and knowledge know core, apps know all. */
const inside = (name) => `(^|/)packages/${name}/src`;

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'core has no I/O and no dependency: it runs in the browser, the server, the command line and a worker.',
      severity: 'error',
      from: { path: inside('core'), pathNot: '\\.test\\.ts$|/testing\\.ts$' },
      to: { pathNot: inside('core') },
    },
    {
      name: 'packages-do-not-know-apps',
      severity: 'error',
      from: { path: '(^|/)packages/' },
      to: { path: '(^|/)apps/' },
    },
    {
      name: 'interop-knows-core-only',
      severity: 'error',
      from: { path: inside('interop'), pathNot: '\\.test\\.ts$' },
      to: { path: '(^|/)packages/(?!core/|interop/)' },
    },
    {
      name: 'interop-runs-in-the-browser',
      severity: 'error',
      from: { path: inside('interop'), pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'knowledge-knows-core-only',
      severity: 'error',
      from: { path: inside('knowledge'), pathNot: '\\.test\\.ts$' },
      to: { path: '(^|/)packages/(?!core/|knowledge/)' },
    },
    {
      name: 'ask-knows-core-only',
      severity: 'error',
      from: { path: inside('ask'), pathNot: '\\.test\\.ts$' },
      to: { path: '(^|/)packages/(?!core/|ask/)' },
    },
    {
      name: 'ask-runs-in-the-browser',
      severity: 'error',
      from: { path: inside('ask'), pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|/testing\\.ts$|vite\\.config' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['serosa-source', 'import', 'types', 'node', 'default'],
    },
  },
};

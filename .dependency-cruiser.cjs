// Engine layers, lowest first; a layer imports itself and what stands before it (docs/DESIGN: imports point down only).
const LAYERS = {
  base: [],
  contract: ['base'],
  os: ['base', 'contract'],
  sql: ['base', 'contract'],
  duck: ['base', 'contract', 'os', 'sql'],
  store: ['base', 'contract', 'os'],
  pipeline: ['base', 'contract', 'sql'],
  workspace: ['base', 'contract', 'os', 'sql', 'duck'],
  connectors: ['base', 'contract', 'os', 'sql', 'duck'],
  profile: ['base', 'contract', 'os', 'sql', 'duck', 'workspace', 'connectors'],
  govern: ['base', 'contract', 'os', 'sql', 'duck', 'workspace', 'connectors', 'profile'],
  quality: ['base', 'contract', 'os', 'sql', 'duck', 'store', 'pipeline', 'workspace', 'connectors', 'profile', 'govern'],
  run: ['base', 'contract', 'os', 'sql', 'duck', 'store', 'pipeline', 'workspace', 'connectors', 'profile', 'govern', 'quality'],
  sync: ['base', 'contract', 'os', 'sql', 'duck', 'store', 'workspace', 'connectors'],
  jobs: ['base', 'contract', 'os', 'sql', 'duck', 'store', 'pipeline', 'workspace', 'connectors', 'run'],
  monitor: ['base', 'contract', 'os', 'store'],
  deploy: ['base', 'contract', 'os', 'sql', 'duck', 'store', 'pipeline', 'workspace', 'connectors', 'run'],
}

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `engine/${layer} may import ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^engine/${layer}/`, pathNot: '\\.test\\.ts$|/testing/' },
  to: { path: '^engine/', pathNot: `^engine/(${[layer, ...allowed].join('|')})/` },
}))

const siblings = (folder, exempt) => ({
  name: `no-sibling-${folder.replaceAll('/', '-')}`,
  comment: `one ${folder} never imports another`,
  severity: 'error',
  from: { path: `^${folder}/([^/]+)/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^${folder}/[^/]+/`, pathNot: [`^${folder}/$1/`, ...exempt] },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...layerRules,
    siblings('engine/connectors', ['^engine/connectors/(api|shared)/']),
    siblings('engine/pipeline/nodes', []),
    { name: 'headless-engine', severity: 'error', from: { path: '^engine/' }, to: { path: '^(main|renderer|preload)/|^electron$|^react' } },
    {
      name: 'portable-layers',
      comment: 'base, contract and sql run anywhere',
      severity: 'error',
      from: { path: '^engine/(base|contract|sql|pipeline)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'only-duck-imports-duckdb', severity: 'error', from: { pathNot: '^engine/(duck|testing)/' }, to: { path: 'node_modules/@duckdb/' } },
    {
      name: 'only-store-imports-sqlite',
      comment: 'the SQLite connector reads other people’s files, webhooks keep what came in one, the samples make one; the state store is store/ alone',
      severity: 'error',
      from: { pathNot: '^(engine/(store|testing|connectors/(sqlite|webhook)|host/sample))/' },
      to: { path: 'node_modules/better-sqlite3/' },
    },
    siblings('renderer/features', []),
    {
      name: 'features-by-their-index',
      comment: 'the shell enters a feature by its index',
      severity: 'error',
      from: { path: '^renderer/(app|ui)/' },
      to: { path: '^renderer/features/[^/]+/', pathNot: '^renderer/features/[^/]+/index\\.ts$' },
    },
    {
      name: 'ui-knows-no-feature',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/(features|app)/' },
    },
    {
      name: 'pages-see-the-contract-only',
      comment: 'the studio reaches the engine by calls; only the types of the bridge come from preload',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(engine|main|preload|scripts|e2e|bench)/', pathNot: '^engine/(contract|base)/|^preload/host-api\\.ts$' },
    },
    {
      name: 'bridge-is-thin',
      severity: 'error',
      from: { path: '^preload/' },
      to: { path: '^(engine|main|renderer|scripts|e2e|bench)/', pathNot: '^engine/contract/' },
    },
    {
      name: 'desktop-enters-the-engine-at-its-door',
      severity: 'error',
      from: { path: '^main/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(engine|renderer|scripts|e2e|bench)/', pathNot: '^engine/(base|contract|os|host)/' },
    },
    { name: 'testing-in-tests-only', severity: 'error', from: { path: '^engine/', pathNot: '\\.test\\.ts$|^engine/testing/' }, to: { path: '^engine/testing/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json', '.css'], exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}

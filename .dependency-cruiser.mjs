/**
 * Who may import whom. The test test/architecture.test.ts checks it; `npx depcruise --config .dependency-cruiser.mjs
 * --output-type dot src-main src-renderer` draws it.
 */

/** The layers of src-main and what each may import besides itself. main.ts, the composition root, may import all. */
const layers = {
  model: [],
  text: [],
  contract: ['model'],
  protocol: ['model'],
  storage: ['model'],
  domain: ['model', 'protocol', 'storage', 'contract'],
  shell: ['model', 'text', 'contract', 'domain'],
}

/** Packages that stop at one layer. */
const packages = {
  electron: 'shell',
  'better-sqlite3': 'storage',
  '@xmpp/[^/]+': 'protocol',
}

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `${layer} imports ${allowed.join(', ') || 'nothing'} of ours`,
  severity: 'error',
  from: { path: `^src-main/${layer}/` },
  to: { path: '^src-(main|renderer)/', pathNot: `^src-main/(${[layer, ...allowed].join('|')})/` },
}))

const packageRules = Object.entries(packages).map(([name, layer]) => ({
  name: `${name} stops at ${layer}`,
  severity: 'error',
  from: { path: '^src-', pathNot: `^src-main/(${layer}/|main\\.ts$)` },
  to: { path: `^node_modules/(@types/)?${name}/` },
}))

const rules = [
  {
    name: 'no cycles',
    severity: 'error',
    from: { path: '^src-' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'domain imports no values of contract but its errors',
    severity: 'error',
    from: { path: '^src-main/domain/' },
    to: { path: '^src-main/contract/', pathNot: '/errors\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'preload imports electron and the channel names',
    severity: 'error',
    from: { path: '^src-main/shell/preload\\.ts$' },
    to: { pathNot: '^(node_modules/electron/|electron$|src-main/contract/channels\\.ts$)' },
  },
  {
    name: 'the renderer imports contract and model as types, and text',
    severity: 'error',
    from: { path: '^src-renderer/' },
    to: { path: '^src-main/', pathNot: '^src-main/(contract|model|text)/' },
  },
  {
    name: 'the renderer imports no values of contract and model',
    severity: 'error',
    from: { path: '^src-renderer/' },
    to: { path: '^src-main/(contract|model)/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'components know no bridge',
    severity: 'error',
    from: { path: '^src-renderer/components/' },
    to: { path: '^src-renderer/bridge\\.ts$' },
  },
  {
    name: 'no Node in the renderer',
    severity: 'error',
    from: { path: '^src-renderer/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'sources import no tests and no scripts',
    severity: 'error',
    from: { path: '^src-' },
    to: { path: '^(test|scripts)/' },
  },
  {
    name: 'every import is found',
    severity: 'error',
    from: { path: '^src-' },
    to: { couldNotResolve: true, pathNot: '^(electron$|virtual:)|[?]' },
  },
]

export default {
  forbidden: [...layerRules, ...packageRules, ...rules],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'browser', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json', '.d.ts'],
    },
  },
}

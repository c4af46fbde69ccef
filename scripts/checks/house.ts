// The walls of the house as data: which room may import which. Arrows point down only.

/** Room → rooms it may import besides itself. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ledger: [],
  formats: ['core'],
  contract: ['core'],
  sandbox: ['core'],
  runner: ['core', 'formats', 'contract'],
  custodian: ['core', 'contract'],
  server: ['core', 'ledger', 'formats', 'contract'],
  web: ['contract', 'core', 'ledger'],
  cli: ['contract', 'core', 'ledger', 'formats'],
  devkit: ['core', 'ledger', 'formats', 'contract', 'server'],
}

/** Files outside tests that may load the devkit, and only by `import()`, so that it is not there unless a demo asks for it. */
export const DEVKIT_DOORS = /^src\/server\/main\//

/** Rooms without I/O: no `node:` imports, and packages only where the room's README names them. */
export const PURE = ['core', 'ledger', 'formats', 'contract']

/** Desk of core → desks it may import besides itself, upstream in the flow. */
export const DESKS: Readonly<Record<string, readonly string[]>> = flow()

function flow(): Record<string, string[]> {
  const order = ['kernel', 'scans', 'findings', 'validation', 'priority', 'cases', 'advisories', 'exposure']
  const desks: Record<string, string[]> = Object.fromEntries(order.map((desk, n) => [desk, order.slice(0, n)]))
  return {
    ...desks,
    docket: ['kernel'],
    evaluation: ['kernel', 'docket', 'sandbox'],
    duties: ['kernel'],
    sandbox: ['kernel'],
    validation: ['kernel', 'findings', 'sandbox'],
    // Stands above all desks: it says who may see what of each. No desk imports it.
    access: [...order, 'docket', 'evaluation', 'duties'],
  }
}

interface ServerWall {
  readonly from: RegExp
  readonly never: RegExp
  readonly says: string
}

export const SERVER_WALLS: readonly ServerWall[] = [
  {
    from: /^src\/sandbox\//,
    never: /^src\/core\/(?!sandbox\/|kernel\/)/,
    says: 'the sandbox knows its contract and the kernel, nothing else of core',
  },
  {
    from: /^src\/custodian\//,
    never: /^src\/(core\/(?!docket\/custody-|kernel\/)|contract\/(?!custody\.ts$))/,
    says: 'the custodian knows its contract, its own rules of core/docket and the kernel, nothing else',
  },
  {
    from: /^src\/server\/http\//,
    never: /^src\/server\/store\//,
    says: 'http never imports store: ask a command or query of app',
  },
  {
    from: /^src\/server\/store\//,
    never: /^src\/server\/(app|http|main)\//,
    says: 'store never imports app, http or main',
  },
  { from: /^src\/server\/app\//, never: /^src\/server\/http\//, says: 'app never imports http' },
]

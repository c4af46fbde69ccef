import { SCALAR, TEXT, type Wanted, wantedKeys } from '../../json/wanted.ts'

// CycloneDX 1.1 to 1.7, JSON and XML alike. A component's own lists of components and the root's are the same shape, as deep as they go.
// Left out on purpose: `pedigree` (what it was made from is not in the product), `formulation` and `metadata.tools` (what made it).

const NAMED = wantedKeys({ name: TEXT, vendor: TEXT, version: TEXT })
const HASHES: Wanted = { element: wantedKeys({ alg: TEXT, content: TEXT }, { content: 'content' }) }
const PROPERTIES: Wanted = { element: wantedKeys({ name: TEXT, value: TEXT }, { content: 'value' }) }

const component = new Map<string, Wanted>([
  ['type', TEXT],
  ['bom-ref', TEXT],
  ['group', TEXT],
  ['name', TEXT],
  ['version', TEXT],
  ['purl', TEXT],
  ['cpe', TEXT],
  ['swid', wantedKeys({ tagId: TEXT })],
  ['hashes', HASHES],
  ['properties', PROPERTIES],
  ['supplier', wantedKeys({ name: TEXT })],
  ['manufacturer', wantedKeys({ name: TEXT })],
])
const COMPONENT: Wanted = { item: 'component', keys: component }
component.set('components', { element: COMPONENT })

const service = new Map<string, Wanted>([
  ['bom-ref', TEXT],
  ['group', TEXT],
  ['name', TEXT],
  ['version', TEXT],
  ['provider', wantedKeys({ name: TEXT })],
])
const SERVICE: Wanted = { item: 'service', keys: service }
service.set('services', { element: SERVICE })

const VULNERABILITY = wantedKeys(
  {
    'bom-ref': TEXT,
    id: TEXT,
    references: { element: wantedKeys({ id: TEXT }) },
    analysis: wantedKeys({ state: TEXT, justification: TEXT, detail: TEXT }),
    affects: {
      element: wantedKeys({ ref: TEXT, versions: { element: wantedKeys({ version: TEXT, range: TEXT, status: TEXT }) } }),
    },
  },
  { item: 'vulnerability' },
)

const TOOLS: Wanted = { ...wantedKeys({ components: { element: NAMED }, services: { element: NAMED } }), element: NAMED }

/** The main component stands in `metadata`, and what is nested in it counts as any other. */
const METADATA = wantedKeys({ timestamp: TEXT, tools: TOOLS, component: { ...COMPONENT, item: 'main' } }, { item: 'metadata' })

/** The keys of a CycloneDX document. */
export const CYCLONEDX: Readonly<Record<string, Wanted>> = {
  bomFormat: { ...TEXT, item: 'bom-format' },
  serialNumber: { ...TEXT, item: 'serial' },
  version: { ...SCALAR, item: 'edition' },
  metadata: METADATA,
  components: { element: COMPONENT },
  services: { element: SERVICE },
  vulnerabilities: { element: VULNERABILITY },
}

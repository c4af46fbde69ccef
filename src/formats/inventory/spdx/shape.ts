import { TEXT, TEXTS, type Wanted, wantedKeys } from '../../json/wanted.ts'

const CHECKSUMS: Wanted = { element: wantedKeys({ algorithm: TEXT, checksumValue: TEXT }) }
const EXTERNAL: Wanted = { element: wantedKeys({ referenceType: TEXT, referenceLocator: TEXT }) }

/** The keys of an SPDX 2.2 or 2.3 document in JSON. */
export const SPDX: Readonly<Record<string, Wanted>> = {
  spdxVersion: { ...TEXT, item: 'spdx-version' },
  name: { ...TEXT, item: 'spdx-name' },
  documentNamespace: { ...TEXT, item: 'spdx-namespace' },
  creationInfo: wantedKeys({ created: TEXT, creators: TEXTS }, { item: 'spdx-creation' }),
  packages: {
    element: wantedKeys(
      {
        name: TEXT,
        versionInfo: TEXT,
        externalRefs: EXTERNAL,
        checksums: CHECKSUMS,
        primaryPackagePurpose: TEXT,
        sourceInfo: TEXT,
        supplier: TEXT,
      },
      { item: 'spdx-package' },
    ),
  },
  files: { element: wantedKeys({ fileName: TEXT, checksums: CHECKSUMS }, { item: 'spdx-file' }) },
}

const IDENTIFIER = { externalIdentifierType: TEXT, identifier: TEXT }

/** Identifiers stand inside, or apart in the graph and are named here by their id. */
const IDENTIFIERS: Wanted = { ...wantedKeys(IDENTIFIER, { text: true }), element: wantedKeys(IDENTIFIER, { text: true }) }
const HASHES: Wanted = { element: wantedKeys({ algorithm: TEXT, hashValue: TEXT }, { text: true }), text: true }

/** Both spellings of a term of the software profile: with its prefix, as the context has it, and without. */
function software(...names: readonly string[]): Record<string, Wanted> {
  return Object.fromEntries(names.flatMap((name) => [`software_${name}`, `software:${name}`, name].map((key) => [key, TEXT])))
}

/** The keys of an SPDX 3.0 document: one graph in which everything stands side by side. */
export const SPDX3: Readonly<Record<string, Wanted>> = {
  '@graph': {
    element: wantedKeys(
      {
        type: TEXT,
        '@type': TEXT,
        spdxId: TEXT,
        '@id': TEXT,
        name: TEXT,
        ...software('packageVersion', 'packageUrl', 'primaryPurpose', 'sourceInfo'),
        externalIdentifier: IDENTIFIERS,
        verifiedUsing: HASHES,
        ...IDENTIFIER,
        created: TEXT,
      },
      { item: 'spdx3-element' },
    ),
  },
}

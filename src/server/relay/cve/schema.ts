import { readFile } from 'node:fs/promises'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

/** What is wrong with a CNA container by the official schema, as bounded lines; empty where nothing is. */
export interface CveSchema {
  readonly published: (container: unknown) => readonly string[]
  readonly rejected: (container: unknown) => readonly string[]
}

const MOST_FAULTS = 20

/** Reads the vendored schemas from the folder that holds them and compiles both containers; rejects where a file is missing. */
export async function loadCveSchema(folder: URL): Promise<CveSchema> {
  const json = async (path: string) => JSON.parse(await readFile(new URL(path, folder), 'utf8'))
  return openCveSchema(await json('cve-schema/CVE_JSON_5.0_bundled.json'), await json('cvss-schema/cvss-v4.0.json'))
}

interface RecordSchema {
  readonly definitions: {
    metrics: { items: { properties: Record<string, unknown>; anyOf: unknown[] } }
    product: { properties: Record<string, unknown> }
    [name: string]: unknown
  }
}

/** The bundled record schema of 5.0 with what 5.1 and 5.2 added to a container: CVSS 4.0 and `packageURL`. */
export function openCveSchema(bundled: RecordSchema, cvss4: Readonly<Record<string, unknown>>): CveSchema {
  const { definitions } = structuredClone(bundled)
  const { $schema, $id, ...cvss } = cvss4
  definitions.metrics.items.properties['cvssV4_0'] = { $ref: 'cvss-4' }
  definitions.metrics.items.anyOf.push({ required: ['cvssV4_0'] })
  definitions.product.properties['packageURL'] = definitions['uriType']
  const ajv = new Ajv({ strict: false })
  formats.default(ajv)
  ajv.addSchema({ ...cvss, $id: 'cvss-4' })
  const container = (name: string) => ajv.compile({ definitions, $ref: `#/definitions/${name}` })
  const published = container('cnaPublishedContainer')
  const rejected = container('cnaRejectedContainer')
  return { published: (value) => faultsOf(published, value), rejected: (value) => faultsOf(rejected, value) }
}

function faultsOf(validate: ValidateFunction, value: unknown): readonly string[] {
  if (validate(value)) return []
  return (validate.errors ?? [])
    .slice(0, MOST_FAULTS)
    .map(({ instancePath, message }) => `${instancePath || '/'} ${message ?? 'is wrong'}`)
}

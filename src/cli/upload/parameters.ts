import { createHash, type Hash } from 'node:crypto'

/** What is stated once for all items of an upload; an item's own word goes first. */
export interface Parameters {
  readonly format?: string | undefined
  readonly target?: string | undefined
  readonly version?: string | undefined
  readonly tool?: string | undefined
  readonly toolVersion?: string | undefined
  readonly model?: string | undefined
  readonly modelVersion?: string | undefined
  readonly humanValidated?: boolean | undefined
  readonly aiAssisted?: boolean | undefined
}

// In this order, always: the key of an upload is made from it.
const NAMES = [
  'format',
  'target',
  'version',
  'tool',
  'toolVersion',
  'model',
  'modelVersion',
  'humanValidated',
  'aiAssisted',
] as const

function stated(parameters: Parameters): [string, string][] {
  return NAMES.flatMap((name) => {
    const value = parameters[name]
    return value === undefined ? [] : [[name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : value] as [string, string]]
  })
}

/** Path and query of the upload. */
export function uploadPath(name: string | null, parameters: Parameters): string {
  const query = new URLSearchParams([
    ...(name === null ? [] : [['name', name.slice(0, 500)] as [string, string]]),
    ...stated(parameters),
  ]).toString()
  return query === '' ? '/v1/reports' : `/v1/reports?${query}`
}

/** Begins the key of an upload; its content goes into the hash, then `uploadKey` ends it. */
export function beginKey(parameters: Parameters): Hash {
  // A length before each part, so that no two sets of parameters give the same bytes.
  const hash = createHash('sha256').update('weir/upload/1\n')
  for (const part of stated(parameters).flat()) hash.update(`${Buffer.byteLength(part)}:${part}`)
  return hash.update('\n')
}

/** Idempotency key: the same content with the same parameters has the same one, whatever the file is called. */
export function uploadKey(hash: Hash): string {
  return `sha256-${hash.digest('base64url')}`
}

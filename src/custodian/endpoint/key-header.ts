import type { EndpointApi } from '../../contract/custody.ts'

const ANTHROPIC_VERSION = '2023-06-01'

/** How each API takes its key; `version` is the caller's `anthropic-version`, where it named one. */
export function keyHeaders(api: EndpointApi, key: string, version?: string): Record<string, string> {
  if (api !== 'anthropic-messages') return { authorization: `Bearer ${key}` }
  return { 'x-api-key': key, 'anthropic-version': version ?? ANTHROPIC_VERSION }
}

import { parseArgs } from 'node:util'

export interface Given {
  readonly folder: string
  readonly uid: number | null
  readonly privateEndpoints: boolean
}

/** The words this process was started with, as contract/custody.ts has them; throws Error where they are not. */
export function readArguments(words: readonly string[]): Given {
  const options = { folder: { type: 'string' }, uid: { type: 'string' }, 'private-endpoints': { type: 'boolean' } } as const
  const { values } = parseArgs({ args: [...words], options })
  if (values.folder === undefined || values.folder === '') throw new Error('--folder DIR is missing')
  const uid = values.uid === undefined ? null : /^\d{1,9}$/.test(values.uid) ? Number(values.uid) : 0
  if (uid === 0) throw new Error('--uid takes the number of an account other than root')
  return { folder: values.folder, uid, privateEndpoints: values['private-endpoints'] === true }
}

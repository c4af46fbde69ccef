import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const OWN = resolve(import.meta.dirname, '../..')

export interface Ran {
  readonly ok: boolean
  readonly output: string
}

/** Runs a program that npm installed, by the path of its script under node_modules, in `root`. */
export function tool(root: string, script: string, args: readonly string[]): Ran {
  const installed = join(root, 'node_modules', script)
  return node(root, [existsSync(installed) ? installed : join(OWN, 'node_modules', script), ...args])
}

/** Runs this Node with `args` in `root`; output of both kinds together, without colour. */
export function node(root: string, args: readonly string[]): Ran {
  const { NODE_TEST_CONTEXT: _, ...own } = process.env
  const env = { ...own, NO_COLOR: '1', FORCE_COLOR: '0' }
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env, maxBuffer: 64 << 20 })
  return { ok: done.status === 0, output: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}` }
}

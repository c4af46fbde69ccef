import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { HERE } from '../root.ts'

/**
 * Where the runner of this account keeps its key and its built trees. As root a place that every account may pass through: what
 * runs in a sandbox then has a uid of its own, and has to reach the trees.
 */
export function stateFolder(given: string | undefined): string {
  if (given !== undefined) return resolve(HERE, given)
  return process.getuid?.() === 0 ? '/var/lib/weir/runner' : join(homedir(), '.weir', 'runner')
}

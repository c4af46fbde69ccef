import { existsSync } from 'node:fs'
import type { Check, Complaint } from './complaint.ts'
import { readText } from './tree.ts'

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** The lock file holds every package that a locked one names, for all systems: else `npm ci` refuses a fresh clone. */
export const lock: Check = (root) => {
  if (!existsSync(`${root}/package-lock.json`))
    return [{ at: 'package-lock.json', says: 'is missing: a clone could not be installed' }]
  const packages = JSON.parse(readText(root, 'package-lock.json')).packages as Record<string, Locked>
  const complaints: Complaint[] = []
  for (const [path, { dependencies, optionalDependencies }] of Object.entries(packages)) {
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (!resolves(packages, path, name))
        complaints.push({ at: 'package-lock.json', says: `${path || 'the project'} names ${name}, which is not locked` })
    }
  }
  return complaints
}

/** Looks for `name` as Node does: beside the package, then in each folder above it. */
function resolves(packages: Readonly<Record<string, unknown>>, path: string, name: string): boolean {
  for (let at = path; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true
    if (at === '') return false
  }
}

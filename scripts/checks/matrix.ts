import { basename } from 'node:path'
import type { Check } from './complaint.ts'
import { node } from './tool.ts'
import { isTest, listFiles } from './tree.ts'

const MATRIX = /matrix|authority/
/** Those that need a server run with `npm test`. */
const NEEDS = /\.(pg|http|browser)\.test\.ts$/

/** The role × route × stage matrix: its tests are there and pass, and docs/authority.md shows it to people. */
export const matrix: Check = (root) => {
  const files = listFiles(root)
  const tests = files.filter((file) => isTest(file) && MATRIX.test(basename(file)) && !file.startsWith('scripts/'))
  const here = tests.filter((file) => !NEEDS.test(file))
  const missing = files.includes('docs/authority.md')
    ? []
    : [{ at: 'docs/authority.md', says: 'is missing: the matrix of who may do what, for people' }]
  if (tests.length === 0)
    return [
      ...missing,
      { at: 'src/core/access', says: 'no test walks the matrix of roles, routes and stages (a test file named after it)' },
    ]
  const ran =
    here.length === 0
      ? { ok: true, output: '' }
      : node(root, ['--test', '--test-isolation=none', '--test-reporter=dot', ...here])
  return ran.ok ? missing : [...missing, { at: here.join(', '), says: `fails:\n${ran.output.slice(-3000)}` }]
}

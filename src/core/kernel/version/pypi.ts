// Python's version specifiers, formerly PEP 440 (https://packaging.python.org/specifications/version-specifiers). What the
// standard calls legacy (`0.1-bulbasaur`) has no order: Python's own packaging library refuses it.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, byWholes, readWhole, type Whole } from './whole.ts'

interface PypiKey {
  readonly epoch: Whole
  /** Without zeros at its end. */
  readonly release: readonly Whole[]
  /** Where it stands beside its release: development -1, alpha 0, beta 1, candidate 2, release itself 3. */
  readonly phase: number
  readonly phaseNumber: Whole
  /** -1: no post-release. */
  readonly post: Whole
  /** null: no development release, which is newest. */
  readonly dev: Whole | null
  readonly local: readonly (Whole | string)[]
}

const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/
const PHASES: ReadonlyMap<string, number> = new Map([
  ['a', 0],
  ['alpha', 0],
  ['b', 1],
  ['beta', 1],
  ['c', 2],
  ['rc', 2],
  ['pre', 2],
  ['preview', 2],
])

function number(digits: string | undefined): Whole {
  return digits ? readWhole(digits, 0, digits.length) : 0
}

function numbers(dotted: string): Whole[] {
  const all = dotted.split('.').map(number)
  while (all.length > 0 && all.at(-1) === 0) all.pop()
  return all
}

function read(text: string): PypiKey | null {
  const found = VERSION.exec(text.trim().toLowerCase())
  if (!found) return null
  const [, epoch, release, phase, phaseNumber, bare, post, postNumber, dev, devNumber, local] = found
  const isPost = bare !== undefined || post !== undefined
  return {
    epoch: number(epoch),
    release: numbers(release!),
    phase: phase ? PHASES.get(phase)! : dev !== undefined && !isPost ? -1 : 3,
    phaseNumber: number(phaseNumber),
    post: isPost ? number(bare ?? postNumber) : -1,
    dev: dev === undefined ? null : number(devNumber),
    local: local === undefined ? [] : local.split(/[-_.]/).map((part) => (/^\d+$/.test(part) ? number(part) : part)),
  }
}

function byLocal(a: PypiKey['local'], b: PypiKey['local']): Order {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const [left, right] = [a[i]!, b[i]!]
    const isText = typeof left === 'string'
    if (isText !== (typeof right === 'string')) return isText ? -1 : 1
    const by = byValue(left, right)
    if (by !== 0) return by
  }
  return byValue(a.length, b.length)
}

function order(a: PypiKey, b: PypiKey): Order {
  const by =
    byValue(a.epoch, b.epoch) ||
    byWholes(a.release, b.release, 0) ||
    byValue(a.phase, b.phase) ||
    byValue(a.phaseNumber, b.phaseNumber) ||
    byValue(a.post, b.post)
  if (by !== 0) return by
  if (a.dev === null || b.dev === null) return a.dev !== null ? -1 : b.dev !== null ? 1 : byLocal(a.local, b.local)
  return byValue(a.dev, b.dev) || byLocal(a.local, b.local)
}

export const PYPI: VersionOrder = keyedOrder({ rule: 'pep-440', isValid: (text) => read(text) !== null, read, order })

import { readShape, type ShapeProblem } from '../../../cases/terms/shape.ts'
import type { Directive } from '../directive.ts'
import type { Tier } from '../tier.ts'
import type { Policy, PolicyTime } from './policy.ts'
import { POLICY_SHAPE } from './policy-shape.ts'

export type PolicyRead =
  | { readonly ok: true; readonly directive: Directive }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] }

const MOST_CHARACTERS = 200_000

/** Reads the text of a policy file, which is hostile: a directive of its own, or at most 50 problems, each with its place. */
export function parsePolicy(text: string): PolicyRead {
  if (text.length > MOST_CHARACTERS)
    return { ok: false, problems: [{ at: '', says: `must have at most ${MOST_CHARACTERS} characters` }] }
  try {
    return readPolicy(JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text))
  } catch {
    return { ok: false, problems: [{ at: '', says: 'is not JSON' }] }
  }
}

/** The same for a value that JSON.parse gave. */
export function readPolicy(value: unknown): PolicyRead {
  const read = readShape(POLICY_SHAPE, value)
  return read.ok ? { ok: true, directive: directiveOf(read.value) } : read
}

/** The directive that a policy is. Its last tier is what holds where no rule does. */
export function directiveOf(policy: Policy): Directive {
  const most = policy.rules.length
  const tiers = policy.rules.map((rule, n) => tierOf(`R${n + 1}`, rule.time, most - n + 1, rule.triage))
  return {
    id: 'own',
    version: policy.version,
    name: policy.name,
    source: `The organisation’s own policy, version ${policy.version}`,
    issued: null,
    appliesFrom: null,
    binds: 'The organisation itself.',
    needsCve: false,
    starts: policy.startsAt,
    rule: { kind: 'policy', policy, tiers: [...tiers, tierOf('OTHERWISE', policy.otherwise, 1, false)] },
  }
}

function tierOf(key: string, time: PolicyTime | null, rank: number, triage: boolean): Tier {
  if (time === null) return { key, name: 'No date', days: null, otherwise: 'nothing', triage, rank: 0 }
  if ('next' in time) return { key, name: 'With the next system upgrade', days: null, otherwise: 'upgrade', triage, rank }
  const name = time.days === 1 ? '1 day' : `${time.days} days`
  return { key, name, days: time.days, otherwise: null, triage, rank }
}

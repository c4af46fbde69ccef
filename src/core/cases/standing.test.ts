import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMBARGO_MOVES, stepEmbargo } from './embargo-state.ts'
import { REPORT_MOVES, stepReport } from './report-state.ts'
import * as rules from './rules.ts'
import { stepFlaw } from './rules.ts'

type Standing = rules.Standing

// Every step that one participant and its case can take; forced steps are taken with the step that forces them, as the case does.
function stepsFrom(from: Standing): Standing[] {
  return [...reports(from), ...embargoes(from), ...vendors(from), ...openly(from)]
}

function reports(from: Standing): Standing[] {
  return REPORT_MOVES.flatMap((move) => {
    const report = stepReport(from.report, move)
    if (report === null || (move === 'close' && !rules.mayCloseReport(from.embargo))) return []
    // Who receives knows.
    const vendor = move === 'receive' && from.vendor === 'vfd' ? 'Vfd' : from.vendor
    return [{ ...from, report, vendor }]
  })
}

function embargoes(from: Standing): Standing[] {
  return EMBARGO_MOVES.flatMap((move) => {
    const embargo = stepEmbargo(from.embargo, move)
    if (embargo === null) return []
    if ((move === 'propose' || move === 'accept') && !rules.mayBeginEmbargo([from.publicity])) return []
    return [{ ...from, embargo }]
  })
}

function vendors(from: Standing): Standing[] {
  const { vendor, publicity } = from
  if (vendor === null) return []
  return (['fix-ready', 'deployed'] as const).flatMap((move) => {
    const next = rules.mayHaveFix(from.report) ? stepFlaw({ vendor, publicity }, move) : null
    return next === null ? [] : [{ ...from, vendor: next.vendor }]
  })
}

function openly(from: Standing): Standing[] {
  return (['public', 'exploit', 'attacks'] as const).flatMap((move) => {
    const known = { vendor: from.vendor ?? ('Vfd' as const), publicity: from.publicity }
    let next = stepFlaw(known, move)
    if (next === null) return []
    for (let forced = rules.forcedNext(next); forced !== null; forced = rules.forcedNext(next)) next = stepFlaw(next, forced)!
    const ends = rules.publicityEnds(from.embargo)
    const embargo = ends === null ? from.embargo : stepEmbargo(from.embargo, ends)!
    return [{ ...from, publicity: next.publicity, vendor: from.vendor === null ? null : next.vendor, embargo }]
  })
}

function reachable(vendor: Standing['vendor']): Standing[] {
  const start: Standing = { report: 'start', embargo: 'none', vendor, publicity: 'pxa' }
  const seen = new Map([[JSON.stringify(start), start]])
  for (const from of seen.values()) for (const next of stepsFrom(from)) seen.set(JSON.stringify(next), next)
  return [...seen.values()]
}

test('no standing that can be reached breaks a rule across the machines', () => {
  const vendors = reachable('vfd')
  const others = reachable(null)
  for (const one of [...vendors, ...others]) assert.deepEqual(rules.brokenRules(one), [], JSON.stringify(one))
  assert.equal(vendors.length, VENDORS)
  assert.equal(others.length, OTHERS)
})

test('each rule across the machines can be broken, so that the test above can fail', () => {
  const fine = { report: 'accepted', embargo: 'none', vendor: 'VFd', publicity: 'pxa' } as const
  assert.deepEqual(rules.brokenRules(fine), [])
  assert.equal(rules.brokenRules({ ...fine, report: 'valid' }).length, 1)
  assert.equal(rules.brokenRules({ ...fine, embargo: 'revise', publicity: 'pxA' }).length, 1)
  assert.equal(rules.brokenRules({ ...fine, publicity: 'pXa' }).length, 1)
  assert.equal(rules.brokenRules({ ...fine, vendor: 'vfd', report: 'start', publicity: 'Pxa' }).length, 1)
  assert.equal(rules.brokenRules({ ...fine, vendor: 'vfd' }).length, 1)
})

// Counted by this walk. Six publicities are stable: an exploit in the open is never seen without its flaw being public.
const VENDORS = 195
const OTHERS = 105

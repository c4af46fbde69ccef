import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { describe, test } from 'node:test'
import { madeMeasurement } from '../../../devkit/made-measurement.ts'
import { computeFigures } from '../figures/compute.ts'
import { decisionFigure } from '../figures/decision-figure.ts'
import type { Plan } from '../plan/plan.ts'
import { samplePlan } from '../plan/sample-plan.ts'
import { makeBundle, recompute } from './bundle.ts'
import { parseCsv, writeCsv } from './csv.ts'
import { readTar, writeTar } from './tar.ts'

const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'hex')
const facts = {
  docket: 'dkt_1',
  developer: 'Northlight',
  office: 'Office',
  at: '2026-11-19T14:20:00Z',
  recorded: { as: 'covered', departs: true, at: '2026-11-20T09:00:00Z' },
} as const
const nasty = '<script>alert(1)</script>"\',\n=cmd()\u0000\ud800'

function bundle(
  plan: Plan | null,
  change: Parameters<typeof madeMeasurement>[0] = {},
  sign: ((text: string) => string) | null = null,
  stated: string | null = null,
) {
  const input = madeMeasurement(change)
  const { figures, evidence } = computeFigures(input)
  const commit = plan?.threshold === 'sealed' ? (text: string) => sha256(new TextEncoder().encode(`key${text}`)) : null
  const text = plan === null ? null : JSON.stringify(plan)
  const digest = stated ?? sha256(new TextEncoder().encode(text ?? ''))
  const whole = { ...figures, decision: plan === null ? null : decisionFigure(plan, digest, evidence, commit) }
  return makeBundle(input, whole, facts, plan?.threshold === 'published' ? text : null, sha256, sign).tar
}

const same = (tar: Uint8Array) => {
  const again = recompute(tar, sha256)
  assert.ok(again.ok, JSON.stringify(again))
  return again
}

describe('a bundle', () => {
  const tar = bundle(samplePlan('1'), {}, () => '{"sig":"x"}')

  test('is computed again byte for byte, and its bytes follow from its inputs', () => {
    const again = same(bundle(null))
    assert.ok(again.files.every((file) => file.same) && again.files.length === 4)
    assert.deepEqual(again.wrongDigests, [])
    assert.deepEqual(bundle(null), bundle(null))
  })

  test('a published plan decides again, and one whose digest is not the stated one is noticed', () => {
    const again = same(tar)
    assert.equal(again.decided, true)
    assert.ok(again.files.every((file) => file.same))
    assert.ok(again.signature?.over.includes('rows.csv'))
    const other = same(bundle(samplePlan('1'), {}, null, 'd'.repeat(64)))
    assert.equal(other.files.find(({ name }) => name === 'figures.json')?.same, false)
  })

  test('a sealed plan stays out and its outcome is taken over as stated', () => {
    const sealed: Plan = { ...samplePlan('1'), threshold: 'sealed', criteria: [{ kind: 'horizon', at: 0.5, minutes: 31.415 }] }
    const made = bundle(sealed)
    assert.doesNotMatch(new TextDecoder().decode(made), /31\.415/)
    const again = same(made)
    assert.equal(again.decided, false)
    assert.ok(again.files.every((file) => file.same))
  })

  test('a changed score is noticed in every computed file but none other', () => {
    const files = new Map(readTar(bundle(null))!)
    const rows = new TextDecoder().decode(files.get('rows.csv'))
    files.set('rows.csv', new TextEncoder().encode(rows.replace(/,1,scored/, ',0,scored')))
    const again = same(writeTar([...files]))
    assert.deepEqual(again.wrongDigests, ['rows.csv'])
    assert.equal(again.files.find(({ name }) => name === 'figures.json')?.same, false)
  })

  test('hostile names stay inert in both pages and survive the tables', () => {
    const made = bundle(null, {
      change: (row) => ({ ...row, family: nasty.toWellFormed(), task: `${row.task}${nasty.toWellFormed()}` }),
    })
    const files = readTar(made)!
    for (const name of ['report.html', 'public.html', 'curve.svg'] as const) {
      const text = new TextDecoder().decode(files.get(name))
      assert.doesNotMatch(text, /<script/i)
      assert.doesNotMatch(text, /\b(?:NaN|Infinity|undefined)\b/)
      assert.doesNotMatch(text, /(?:src|href)="(?!#)/)
    }
    assert.ok(same(made).files.every((file) => file.same))
  })

  test('forged archives are refused without a throw', () => {
    const cut = tar.slice(0, 1024)
    const longer = new Uint8Array(tar.length + 512)
    longer.set(tar)
    const renamed = tar.slice()
    renamed[0] = 0x41
    for (const bad of [
      new Uint8Array(),
      new Uint8Array(1024),
      cut,
      longer,
      renamed,
      new TextEncoder().encode('x'.repeat(2000)),
    ])
      assert.equal(recompute(bad, sha256).ok, false)
    const files = new Map(readTar(tar)!)
    for (const name of ['rows.csv', 'tasks.csv', 'settings.json', 'digests.json', 'figures.json', 'plan.json'])
      for (const text of ['', '{}', 'null', '[', 'n,model\n1,2\n']) {
        const forged = new Map(files)
        forged.set(name, new TextEncoder().encode(text))
        const answer = recompute(writeTar([...forged]), sha256)
        assert.ok(!answer.ok || answer.files.some((file) => !file.same) || answer.wrongDigests.length > 0, `${name}: ${text}`)
      }
  })

  test('the public page of a sealed plan holds the outcome and no estimate', () => {
    const sealed: Plan = { ...samplePlan('1'), threshold: 'sealed' }
    const page = new TextDecoder().decode(readTar(bundle(sealed))!.get('public.html'))
    assert.match(page, /Undetermined|Met|Not met/)
    assert.doesNotMatch(page, /class="number"|<svg/)
  })

  test('cells of every kind come back from CSV', () => {
    const rows = [
      ['a,b', '"', 'x\ny', '', '\r'],
      ['', '', '', '', 'z'],
    ]
    assert.deepEqual(parseCsv(writeCsv(['1', '2', '3', '4', '5'], rows)), { head: ['1', '2', '3', '4', '5'], rows })
    for (const bad of ['a,b\n1\n', 'a\n"x', 'a\n"x"y\n', 'a\nx']) assert.equal(parseCsv(bad), null, JSON.stringify(bad))
  })
})

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { evaluateHorizons } from '../../core/evaluation/horizon/evaluate.ts'
import { METR_1_1 } from '../../core/evaluation/horizon/profile.ts'
import { rowsFile, tasksFile } from '../../core/evaluation/report/table-files.ts'
import { readTar, writeTar } from '../../core/evaluation/report/tar.ts'
import { resampleSlice } from '../../core/evaluation/resample/slice.ts'
import { headline } from '../../core/evaluation/table/choice.ts'
import { panelOf } from '../../core/evaluation/table/panel.ts'
import { madeMeasurement } from '../../devkit/made-measurement.ts'
import { evaluateVerb } from '../commands/evaluate.ts'
import type { Console } from '../console.ts'
import { buildProgram } from '../program.ts'
import { inkFor } from '../text/ink.ts'
import { parallelSlices } from './parallel-slices.ts'

describe('weir evaluate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-evaluate-'))
  const [runs, tasks, bundle, svg] = ['runs.csv', 'tasks.csv', 'b.tar', 'c.svg'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ]
  const input = madeMeasurement()

  before(() => {
    writeFileSync(runs, rowsFile(input.rows))
    writeFileSync(tasks, tasksFile(input.tasks))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  async function weir(...words: string[]) {
    const out: string[] = []
    const told: string[] = []
    const ink = inkFor({ isTTY: false }, {})
    const screen: Console = { out: (line) => out.push(line), tell: (line) => told.push(line), ink, tellInk: ink }
    let exit = -1
    const program = buildProgram([evaluateVerb], screen, (code) => {
      exit = code
    })
    await program.parseAsync(['evaluate', ...words], { from: 'user' })
    return { out: out.join('\n'), told: told.join('\n'), exit }
  }

  test('--json gives each model p50, p80, interval and outcome, and the method with its settings', async () => {
    const { out, exit } = await weir(runs, '--tasks', tasks, '--json', '--resamples', '400', '--seed', '7')
    assert.equal(exit, 0)
    const said = JSON.parse(out)
    const table = { runs: input.rows, tasks: input.tasks }
    const own = evaluateHorizons(table, headline('stated'), METR_1_1, { resamples: 400, seed: 7, tasksOnly: false }).models[0]!
    const { model, p50, p80, interval, outcome } = said.models[0]
    assert.deepEqual([model, p50, p80, outcome], ['model', own.p50, own.p80, 'estimated'])
    assert.deepEqual(interval, [own.interval!.low.minutes, own.interval!.high.minutes])
    assert.equal(said.settings.lambda, 1e-5)
    assert.equal(said.settings.resampling.seed, 7)
  })

  test('the table for people names horizon, interval and method', async () => {
    const { out } = await weir(runs, '--tasks', tasks, '--resamples', '400')
    assert.match(out, /^MODEL +P50 +95 % INTERVAL/)
    assert.match(out, /metr-1\.1, ridge 0\.00001/)
  })

  test('resampling in threads gives the numbers of one thread', async () => {
    const panel = panelOf({ runs: input.rows, tasks: input.tasks }, headline('stated'))
    const resampling = { seed: 3, units: 'families' } as const
    const counts: number[] = []
    const many = await parallelSlices(panel, METR_1_1, resampling, 4000, new AbortController().signal, (n) => counts.push(n))
    assert.deepEqual(many, resampleSlice(panel, METR_1_1, resampling, 0, 4000))
    assert.equal(counts.at(-1), 4000)
  })

  test('curve and bundle are written; the bundle is computed again, and a changed one is not', async () => {
    await weir(runs, '--tasks', tasks, '--resamples', '200', '--svg', svg, '--write-bundle', bundle)
    assert.match(readFileSync(svg, 'utf8'), /^<svg .*class="band".*<\/svg>$/s)
    const good = await weir('--bundle', bundle)
    assert.equal(good.exit, 0)
    assert.match(good.out, /byte for byte/)
    const files = new Map(readTar(readFileSync(bundle))!)
    files.set('report.html', new TextEncoder().encode('another report'))
    writeFileSync(bundle, writeTar([...files]))
    const bad = await weir('--bundle', bundle)
    assert.equal(bad.exit, 1)
    assert.match(bad.out, /differs {4}report\.html/)
  })

  test('with fewer than twelve families the simulated coverage stands beside the interval', async () => {
    const few = madeMeasurement({ families: 4, tasks: 6, runs: 1, slope: -0.5 })
    writeFileSync(join(folder, 'few.csv'), rowsFile(few.rows))
    writeFileSync(join(folder, 'few-tasks.csv'), tasksFile(few.tasks))
    const words = [join(folder, 'few.csv'), '--tasks', join(folder, 'few-tasks.csv'), '--resamples', '200']
    const { out } = await weir(...words, '--json')
    const { coverage } = JSON.parse(out).models[0]
    assert.ok(coverage.sets === 400 && coverage.coverage > 0.5)
    assert.match((await weir(...words)).out, /Fewer than 12 families: in 400 simulated/)
  })

  test('the planner answers before any run', async () => {
    const { out } = await weir('plan', '--families', '40', '--tasks', '7', '--criterion', '240', '--json')
    const { width, chance, runs: count } = JSON.parse(out)
    assert.ok(width > 2 && width < 6)
    assert.equal(count, 280)
    assert.ok(chance.notMet + chance.met + chance.undetermined > 0.999)
  })

  for (const words of [[], ['/nonexistent.csv'], ['--bundle', '/nonexistent.tar'], ['x.csv', '--bundle', 'y.tar']]) {
    test(`${words.join(' ') || 'nothing'} is bad input, with a sentence`, async () => {
      await assert.rejects(weir(...words), (error: Error & { exit?: number }) => error.exit === 2 && error.message.length > 10)
    })
  }
})

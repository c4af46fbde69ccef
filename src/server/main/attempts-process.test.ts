import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { pino } from 'pino'
import type { AttemptLine, AttemptsJob } from '../../contract/attempts.ts'
import { AttemptsProcess } from './attempts-process.ts'

describe('the process that runs attempts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-attempts-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const state = join(folder, 'state')
  const engine = new AttemptsProcess(state, pino({ level: 'silent' }))
  const job: AttemptsJob = {
    suite: join(folder, 'no-suite'),
    tasks: null,
    attempts: 1,
    repeats: 0,
    runKey: '0'.repeat(64),
    profile: {
      name: 'plain',
      system: '',
      tools: ['submit'],
      temperature: null,
      maxOutputTokens: 100,
      limits: { tokens: 100, messages: 1, wallMs: 1000, cost: null },
      safeguards: 'on',
    },
    prices: null,
    atOnce: 1,
    endpoint: { api: 'openai-chat', base: 'http://127.0.0.1:9', model: 'm', secret: 'grant' },
    done: [],
  }

  test('says why it failed, and keeps nothing of a sealed suite', async () => {
    const lines: AttemptLine[] = []
    const take = async (line: AttemptLine) => void lines.push(line)
    await engine.run(job, take, new AbortController().signal, true)
    assert.equal(lines.at(-1)?.event, 'failed')
    const sealed = `${state}-sealed`
    assert.deepEqual(existsSync(sealed) ? readdirSync(sealed) : [], [])
    assert.equal(existsSync(state), false)
  })

  test('one that is stopped before it began runs nothing', async () => {
    const lines: AttemptLine[] = []
    await engine.run(job, async (line) => void lines.push(line), AbortSignal.abort(), false)
    assert.deepEqual(lines, [])
  })
})

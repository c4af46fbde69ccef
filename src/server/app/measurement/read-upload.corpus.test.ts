import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readUpload } from './read-upload.ts'
import { SealedSpool } from './sealed-spool.ts'

const logs = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'evals/inspect-logs')

describe('logs of other tools, from a sealed spool', {
  skip: existsSync(logs) ? false : 'WEIR_CORPUS is not set: no logs of other tools are read',
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-uploads-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const random = (length: number) => randomBytes(length)

  const files = existsSync(logs)
    ? ['mit', 'derived'].flatMap((sub) => readdirSync(join(logs, sub)).map((name) => join(logs, sub, name)))
    : []
  for (const file of files) {
    test(`${basename(file)} is read, its attempts counted`, async () => {
      const spool = await SealedSpool.write(folder, createReadStream(file), 1 << 30, random)
      const read = await readUpload(spool, basename(file), new Set())
      await spool.delete()
      const none = /no-samples|started/.test(file)
      assert.ok(none || read.runs.length > 0, read.say)
      for (const row of read.runs) {
        assert.ok(row.score === null || (row.score >= 0 && row.score <= 1))
        assert.notEqual(row.family, '')
      }
      assert.match(read.say, /^Inspect log of \d+ attempts/)
    })
  }

  test('a task keeps its family when the logs name none', async () => {
    async function* table() {
      yield Buffer.from('task_id,score\nfam/one,1\nlone,0\n')
    }
    const spool = await SealedSpool.write(folder, table(), 1 << 20, random)
    const { runs } = await readUpload(spool, 'mine.csv', new Set())
    await spool.delete()
    assert.deepEqual(
      runs.map(({ family, model }) => [family, model]),
      [
        ['fam', 'mine'],
        ['mine', 'mine'],
      ],
    )
  })
})

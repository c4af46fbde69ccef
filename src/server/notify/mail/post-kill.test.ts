import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { madeLetter, openFakeLetters } from '../../../devkit/fake-letters.ts'
import { startFakeMail } from '../../../devkit/fake-mail.ts'

const PROCESS = fileURLToPath(import.meta.resolve('../../../devkit/post-process.ts'))
const LETTERS = 400
const KILLS = 12

test('a sending process that is killed again and again loses no letter and sends none twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-kill-'))
  const mail = await startFakeMail()
  const letters = openFakeLetters(folder, 150, () => 'unused')
  try {
    for (let n = 0; n < LETTERS; n++) letters.add(madeLetter(n))
    const before = mail.taken.length
    for (let n = 0; n <= KILLS; n++) {
      const args = ['--disable-warning=ExperimentalWarning', PROCESS, folder, String(mail.port), '150']
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(child.stdout, 'data')
      // The last one may finish; the others die in the middle, a few milliseconds later each time.
      const done = () => letters.all().every(({ state }) => state === 'sent' || state === 'unsure')
      if (n < KILLS) await pause(105 + 7 * n)
      else for (let waited = 0; waited < 1200 && !done(); waited++) await pause(50)
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const times = new Map<string, number>()
    for (const { to } of mail.taken.slice(before)) times.set(to[0]!, (times.get(to[0]!) ?? 0) + 1)
    const kept = letters.all()
    assert.equal(kept.length, LETTERS)
    for (const letter of kept) {
      const count = times.get(letter.to) ?? 0
      assert.ok(count <= 1, `${letter.to} had it ${count} times`)
      if (letter.state === 'sent') assert.equal(count, 1, `${letter.to} never had it`)
      else assert.equal(letter.state, 'unsure')
    }
    const unsure = kept.filter(({ state }) => state === 'unsure').length
    assert.ok(unsure <= 2 * KILLS, `${unsure} letters are unsure`)
    assert.ok(kept.length - unsure > LETTERS / 2)
  } finally {
    await mail.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { LetterList, LetterOut } from '../../../contract/shapes/case.ts'
import type { ProjectOut } from '../../../contract/shapes/project.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type FakeMail, startFakeMail } from '../../../devkit/fake-mail.ts'
import { tellCases } from '../../app/notices/tell-cases.ts'
import { openPost, type Post } from '../../notify/mail/post.ts'
import { USUAL_POST } from '../../notify/mail/post-settings.ts'
import { sealLetter } from '../../notify/mail/seal-letter.ts'
import { numberEvents } from '../../store/events.ts'
import { letterQueue } from '../../store/letter-queue.ts'

const noGpg = spawnSync('gpg', ['--version']).error === undefined ? false : 'gpg is not installed'

describe('a letter to a contact with a PGP key', { skip: noGpg }, () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-pgp-'))
  const gpg = (args: string[], input = '') =>
    spawnSync('gpg', ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', '', ...args], { input })
  let door: TestDoor
  let world: CaseWorld
  let mail: FakeMail
  let post: Post

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
    mail = await startFakeMail()
    const settings = { ...USUAL_POST, host: '127.0.0.1', port: mail.port, name: 'weir.example' }
    const now = () => instant(door.time.now)
    post = openPost(settings, { store: letterQueue(door.desks.projects), now, seal: sealLetter })
  })
  after(async () => {
    post?.close()
    await mail?.close()
    await door?.close()
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all'])
    rmSync(home, { recursive: true, force: true })
  })

  const ask = async <T>(method: string, path: string, body?: unknown, status = 200): Promise<T> => {
    const answer = await door.ask(method, path, { as: world.coordinator.as, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }

  test('waits until the key is on file, then goes out encrypted to it, and its holder reads it', async () => {
    gpg(['--quick-generate-key', 'sec <sec@project.example>', 'future-default', 'default', 'never'])
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(gpg(['--with-colons', '--list-keys']).stdout.toString())![1]!
    const armoured = gpg(['--armor', '--export', fingerprint]).stdout.toString()
    const terms = {
      contact: { route: 'mail', at: 'sec@project.example', keys: [{ kind: 'pgp', fingerprint }] },
      report: { unchecked: true },
    }
    const asked = { name: 'Quarry', purl: 'pkg:generic/quarry', terms, source: 'SECURITY.md' }
    const project = await ask<ProjectOut>('POST', '/v1/projects', asked, 201)
    const { row } = await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })
    await world.act(world.coordinator, row.id, { do: 'invite', project: project.id, kind: 'maintainer', tier: 0 } as never)
    await numberEvents(door.ground.store)
    await tellCases(door.desks.projects)
    const letter = async () => (await ask<LetterList>('GET', `/v1/cases/${row.id}/letters`)).rows[0]!
    const missing = async () => (await letter()).missing.map(({ code }) => code)
    assert.deepEqual(await missing(), ['key.not-on-file'])
    const put = async (act: object, status = 200) => {
      const { version } = await ask<ProjectOut>('GET', `/v1/projects/${project.id}`)
      await ask('POST', `/v1/projects/${project.id}/acts`, { version, act: { do: 'put-key', ...act } }, status)
    }
    await put({ fingerprint: fingerprint.slice(-16), armoured }, 400)
    await put({ fingerprint, armoured: gpg(['--armor', '--export-secret-keys', fingerprint]).stdout.toString() }, 400)
    await put({ fingerprint: 'A'.repeat(40), armoured })
    assert.deepEqual(await missing(), ['key.not-on-file'])
    await put({ fingerprint: fingerprint.replace(/(.{4})/g, '$1 ').toLowerCase(), armoured })
    const ready = await letter()
    assert.deepEqual([ready.missing, ready.sealed], [[], 'pgp'])
    await ask<LetterOut>('POST', `/v1/letters/${ready.id}/acts`, { do: 'send', version: ready.version })
    assert.equal(await post.pass(), 1)
    const raw = Buffer.from(mail.taken.at(-1)!.raw).toString('utf8')
    assert.match(raw, /Content-Type: multipart\/encrypted/i)
    assert.ok(!raw.includes('Accept: https://'), 'the letter went out in plain')
    const sealed = /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(raw)?.[0] ?? ''
    assert.equal(gpg(['--list-packets', '--list-only'], sealed).stdout.toString().split(':pubkey enc packet').length, 2)
    const inner = gpg(['--decrypt'], `${sealed}\r\n`)
      .stdout.toString()
      .replaceAll(/=\r?\n/g, '')
    assert.match(inner, /Accept: https:\/\/weir\.example\/l\/[\w-]{43}/)
  })
})

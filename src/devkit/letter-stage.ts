import assert from 'node:assert/strict'
import type { LetterList, LetterOut } from '../contract/shapes/case.ts'
import type { LinkOut, ProjectOut } from '../contract/shapes/project.ts'
import { instant } from '../core/kernel/instant.ts'
import { isKnownAddress, takeMail } from '../server/app/letters/take-mail.ts'
import { tellCases } from '../server/app/notices/tell-cases.ts'
import { type Letterbox, openLetterbox, USUAL_LETTERBOX } from '../server/notify/mail/letterbox.ts'
import { openPost, type Post } from '../server/notify/mail/post.ts'
import { USUAL_POST } from '../server/notify/mail/post-settings.ts'
import { sealLetter } from '../server/notify/mail/seal-letter.ts'
import { numberEvents } from '../server/store/events.ts'
import { letterQueue } from '../server/store/letter-queue.ts'
import { CaseWorld } from './case-world.ts'
import { openDoor, type TestDoor } from './door.ts'
import { type FakeMail, startFakeMail } from './fake-mail.ts'
import type { Member } from './members.ts'
import { lmtp } from './speak-lmtp.ts'

/** Somebody without an account who was asked into a case by mail, at an address of their own that is proved. */
export interface Asked {
  readonly id: string
  readonly party: string
  readonly project: string
  readonly terms: object
}

/** Cases, a coordinator who writes letters, a mail server that takes them, and the door by which answers come in. */
export class LetterStage {
  readonly door: TestDoor
  readonly world: CaseWorld
  readonly mail: FakeMail
  readonly post: Post
  readonly box: Letterbox
  #flaw = 0

  private constructor(door: TestDoor, world: CaseWorld, mail: FakeMail, post: Post, box: Letterbox) {
    this.door = door
    this.world = world
    this.mail = mail
    this.post = post
    this.box = box
  }

  static async open(): Promise<LetterStage> {
    const door = await openDoor()
    const world = await CaseWorld.open(door, { vendors: 1 })
    const mail = await startFakeMail()
    const desk = door.desks.projects
    const settings = { ...USUAL_POST, host: '127.0.0.1', port: mail.port, name: 'weir.example' }
    const now = () => instant(door.time.now)
    const post = openPost(settings, { store: letterQueue(desk), now, seal: sealLetter })
    const mailbox = { local: 'reports', domain: 'weir.example' }
    const box = await openLetterbox(
      { ...USUAL_LETTERBOX, listen: { host: '127.0.0.1', port: 0 }, mailbox },
      { known: (token) => isKnownAddress(desk, token), store: (one) => takeMail(desk, one) },
    )
    return new LetterStage(door, world, mail, post, box)
  }

  async close(): Promise<void> {
    this.post.close()
    await this.box.close()
    await this.mail.close()
    await this.door.close()
  }

  async ask<T>(method: string, path: string, as: Member | null, body?: unknown, status = 200): Promise<T> {
    const answer = await this.door.ask(method, path, { as: as?.as ?? null, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }

  async actProject(id: string, act: object): Promise<ProjectOut> {
    const { coordinator } = this.world
    const { version } = await this.ask<ProjectOut>('GET', `/v1/projects/${id}`, coordinator)
    return await this.ask<ProjectOut>('POST', `/v1/projects/${id}/acts`, coordinator, { version, act })
  }

  /** Asks that reports go to another address; in force once 72 hours have passed. */
  async moveContact({ project, terms }: Asked, at: string): Promise<ProjectOut> {
    const contact = { route: 'mail', at }
    return await this.actProject(project, { do: 'set-terms', terms: { ...terms, contact }, source: 'SECURITY.md' })
  }

  /** Proves the contact in force by a token in its DNS. */
  async prove(project: string): Promise<void> {
    const { proofs } = await this.actProject(project, { do: 'ask-proof', kind: 'dns' })
    const open = proofs.find(({ state }) => state === 'asked')
    await this.world.seeToken(project, open!)
  }

  async letterOf(id: string, template: string): Promise<LetterOut> {
    await numberEvents(this.door.ground.store)
    await tellCases(this.door.desks.projects)
    const { rows } = await this.ask<LetterList>('GET', `/v1/cases/${id}/letters`, this.world.coordinator)
    const found = rows.find((one) => one.template === template)
    assert.ok(found !== undefined, `no ${template}`)
    return found
  }

  async act(letter: LetterOut, what: object, status = 200): Promise<LetterOut & { where: string }> {
    const { coordinator } = this.world
    return await this.ask('POST', `/v1/letters/${letter.id}/acts`, coordinator, { version: letter.version, ...what }, status)
  }

  /** The newest message that the mail server took, as its reader sees it. */
  newest(): string {
    return Buffer.from(this.mail.taken.at(-1)!.raw).toString('utf8').replaceAll('=\r\n', '')
  }

  token(action: string): string {
    return new RegExp(`${action}: https://weir\\.example/l/([\\w-]{43})\\s`).exec(this.newest())![1]!
  }

  /** Where the newest message is answered to. */
  replyTo(): string {
    return /Reply-To: (\S+)/i.exec(this.newest())![1]!.replaceAll(/[<>]/g, '')
  }

  /** Sends a mail to an opaque address; the codes of the answers. */
  async answer(to: string, words: string): Promise<string[]> {
    const head = 'From: someone@else.example\r\nTo: x\r\nSubject: Re\r\nMessage-ID: <1@else.example>'
    return await lmtp(this.box.port!, to, `${head}\r\n\r\n${words}\r\n`)
  }

  /** A case about one flaw whose maintainer was written to. */
  async written(): Promise<Asked> {
    const { world } = this
    this.#flaw += 1
    const n = this.#flaw
    const domain = `p${n}.example`
    const terms = { contact: { route: 'mail', at: `sec@${domain}` }, report: { unchecked: true } }
    const entered = { name: `Quarry ${n}`, purl: `pkg:generic/quarry${n}`, terms, source: 'SECURITY.md', domains: [domain] }
    const { id: project } = await this.ask<ProjectOut>('POST', '/v1/projects', world.coordinator, entered, 201)
    await this.prove(project)
    const { id } = (await world.openCase([world.flaw(n)], { policy: 'cert-cc/45-days', project })).row
    await world.act(world.coordinator, id, { do: 'invite', project, kind: 'maintainer', tier: 0 } as never)
    await this.act(await this.letterOf(id, 'invitation'), { do: 'send' })
    assert.equal(await this.post.pass(), 1)
    const party = (await world.view(world.coordinator, id)).parties.find(({ kind }) => kind === 'maintainer')!.id
    return { id, party, project, terms }
  }

  async accept(): Promise<LinkOut> {
    return await this.ask<LinkOut>('POST', `/v1/links/${this.token('Accept')}`, null, {})
  }
}

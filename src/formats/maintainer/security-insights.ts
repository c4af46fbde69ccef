// SECURITY-INSIGHTS.yml of the OpenSSF, versions 1 and 2, as a draft of a project's terms.
import { HTTPS, line as oneLine, prose } from '../../core/cases/terms/forms.ts'
import { truth } from '../../core/cases/terms/plain-shapes.ts'
import { CONTACT, KEYS } from '../../core/cases/terms/terms-shape.ts'
import { DAY, type Instant, instant, parseInstant } from '../../core/kernel/instant.ts'
import { fingerprintOf, routeOf } from './contact-hint.ts'
import { DraftMaker, type TermsDraft } from './terms-draft.ts'
import { readYaml, type YamlNode } from './yaml-tree.ts'

/** Reads a SECURITY-INSIGHTS.yml; `now` tells whether it has expired (version 1 only). Never throws. */
export function readSecurityInsights(text: string, file: string, now: Instant): TermsDraft {
  const maker = new DraftMaker()
  const root = readYaml(text)
  if (typeof root === 'string') maker.note(1, root)
  else {
    const version = root.get('header', 'schema-version')
    if (version?.text?.startsWith('1.')) readFirst(maker, root, now)
    else if (version?.text?.startsWith('2.')) readSecond(maker, root)
    else maker.note(version?.line ?? 1, 'The file is of no version that is read here: 1 and 2 are.')
  }
  return maker.draft(file)
}

function readFirst(maker: DraftMaker, root: YamlNode, now: Instant): void {
  const expires = root.get('header', 'expiration-date')
  const at = expires?.text ? (parseInstant(expires.text) ?? endOfDay(expires.text)) : null
  if (expires && at === null) maker.note(expires.line, 'The end of the file is no instant.')
  if (expires && at !== null) {
    maker.expires(at)
    if (at <= now) maker.note(expires.line, 'The file has expired: ask the project before relying on it.')
  }
  repository(maker, root.get('header', 'project-url'))
  const reporting = root.get('vulnerability-reporting')
  accepts(maker, reporting?.get('accepts-vulnerability-reports') ?? null)
  mail(maker, reporting?.get('email-contact') ?? null)
  for (const contact of root.get('security-contacts')?.items ?? []) {
    const value = contact.get('value')
    if (contact.get('type')?.text === 'email') mail(maker, value)
    else if (value?.text && !maker.contact(CONTACT, routeOf(value.text), value.text, value.line, true))
      maker.note(value.line, 'The contact is neither a mail address nor an https address.')
  }
  scope(maker, reporting?.get('out-scope') ?? null)
  scope(maker, reporting?.get('out-scope-comment') ?? null)
  key(maker, reporting?.get('pgp-key') ?? null)
  link(maker, reporting?.get('security-policy') ?? null, 'policy')
  automated(maker, root.get('contribution-policy', 'accepts-automated-pull-requests'))
}

function readSecond(maker: DraftMaker, root: YamlNode): void {
  link(maker, root.get('header', 'project-si-source'), 'inherits')
  const name = root.get('project', 'name')
  if (name?.text) maker.field('/project/name', oneLine(200), name.text, name.line, true)
  repository(maker, root.get('repository', 'url'))
  const reporting = root.get('project', 'vulnerability-reporting')
  accepts(maker, reporting?.get('reports-accepted') ?? null)
  mail(maker, reporting?.get('contact', 'email') ?? null)
  scope(maker, reporting?.get('out-of-scope') ?? null)
  key(maker, reporting?.get('pgp-key') ?? null)
  // `security-policy` until 2.0.0, `policy` since.
  link(maker, reporting?.get('policy') ?? reporting?.get('security-policy') ?? null, 'policy')
  link(maker, root.get('repository', 'documentation', 'security-policy'), 'policy')
  automated(maker, root.get('repository', 'accepts-automated-change-request'))
}

function accepts(maker: DraftMaker, node: YamlNode | null): void {
  if (!node?.text) return
  const says = node.text.toLowerCase()
  if (says === 'true' || says === 'false') maker.field('/optOut/reports', truth, says === 'false', node.line, true)
  else maker.note(node.line, 'Whether reports are accepted is neither true nor false.')
}

function mail(maker: DraftMaker, node: YamlNode | null): void {
  if (!node?.text) return
  if (!maker.contact(CONTACT, 'mail', node.text, node.line, true)) maker.note(node.line, 'The contact is no mail address.')
}

/** One text or a list of them; the schema of the file does not say what they name, so a person reads them. */
function scope(maker: DraftMaker, node: YamlNode | null): void {
  if (node === null) return
  const words = node.text ?? node.items.flatMap(({ text }) => text ?? []).join('\n')
  if (words !== '' && !maker.field('/outOfScope/words', prose(10_000), words, node.line, true))
    maker.note(node.line, 'What is out of scope is too long, or not plain text.')
}

/** The specifications ask for the key itself; files also give an address or a fingerprint. */
function key(maker: DraftMaker, node: YamlNode | null): void {
  if (!node?.text || maker.link(node.line, 'key', node.text)) return
  const fingerprint = fingerprintOf(node.text)
  if (fingerprint !== null) maker.field('/contact/keys', KEYS, [{ kind: 'pgp', fingerprint }], node.line, true)
  else maker.note(node.line, 'A key stands in the file; its fingerprint must be taken from it.')
}

function repository(maker: DraftMaker, node: YamlNode | null): void {
  if (node?.text) maker.field('/project/repository', HTTPS, node.text, node.line, true)
}

function link(maker: DraftMaker, node: YamlNode | null, what: 'policy' | 'inherits'): void {
  if (node?.text && !maker.link(node.line, what, node.text)) maker.note(node.line, 'The address is not an https address.')
}

function automated(maker: DraftMaker, node: YamlNode | null): void {
  if (node?.text?.toLowerCase() === 'false') maker.note(node.line, 'The project takes no change requests from programs.')
}

/** A day without a time lasts to its end, in UTC, for the file names no zone. */
function endOfDay(day: string): Instant | null {
  const at = parseInstant(`${day}T00:00:00Z`)
  return at === null ? null : instant(at + DAY)
}

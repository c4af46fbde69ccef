import { Gathered } from '../json/gathered.ts'
import { Keeping } from '../json/keeping.ts'
import { Odd, type Walked, type WalkLimits, type Wanted } from '../json/wanted.ts'
import { readXmlText } from './entities.ts'
import { declare, type Namespaces, NO_NAMESPACES, namespaceOf } from './namespaces.ts'
import { XmlPieces, type XmlTaker } from './pieces.ts'
import { readTag, type Tag } from './tag.ts'

export interface XmlVocabulary {
  /** Local name of the root element. */
  readonly root: string
  /** Elements count whose namespace begins so; all others, with what is in them, are passed over. */
  readonly namespace: string
  /** Attributes without a prefix that are keys, by what is wanted of their element. */
  readonly attributes: (wanted: Wanted) => ReadonlySet<string>
}

interface Element {
  readonly name: string
  readonly namespaces: Namespaces
  /** Null for what is passed over. */
  readonly wanted: Wanted | null
  /** `either` until its first child says whether it is a list or an object. */
  shape: 'object' | 'list' | 'text' | 'either' | 'skipped'
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const NOTHING = new Uint8Array(0)

/**
 * Walks an XML document of hostile bytes and hands out what is wanted of it as the same document in JSON would: elements and
 * attributes are keys, elements inside a list its elements, places are pointers into that document. Strict (end tags match, prefixes
 * are declared, one root), without document types and without entities but the five and numbers. Memory as `JsonWalk`.
 */
export class XmlWalk implements XmlTaker {
  private readonly to: Walked
  private readonly vocabulary: XmlVocabulary
  private readonly limits: WalkLimits
  private readonly root: Wanted
  private readonly keeping: Keeping
  private readonly pieces: XmlPieces
  private readonly stack: Element[] = []
  private readonly run: Gathered
  private runPlain = false
  /** Text of the element being read. */
  private said = ''
  private textOdd: Odd | null = null
  private rooted = false

  constructor(root: Wanted, vocabulary: XmlVocabulary, limits: WalkLimits, to: Walked) {
    this.to = to
    this.root = root
    this.vocabulary = vocabulary
    this.limits = limits
    this.keeping = new Keeping(limits, to)
    this.pieces = new XmlPieces(4 * limits.textBytes, this)
    this.run = new Gathered(limits.textBytes)
  }

  push(chunk: Uint8Array): void {
    this.pieces.push(chunk)
  }

  end(): void {
    this.pieces.end()
    if (this.stack.length > 0) this.pieces.stop('it is cut off')
    else if (!this.rooted) this.pieces.stop('it has no element')
  }

  broken(what: string, unsafe: boolean): void {
    this.to.broken(what, this.keeping.place(), unsafe)
  }

  instruction(bytes: Uint8Array): void {
    const text = new TextDecoder().decode(bytes.subarray(0, 200))
    if (!/^xml\s/.test(text)) return
    const encoding = /\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1] ?? 'utf-8'
    if (!/^(?:utf-?8|us-ascii|ascii|utf-16(?:le|be)?)$/i.test(encoding)) this.pieces.stop('it is not in UTF-8')
  }

  tag(bytes: Uint8Array): void {
    const text = decode(bytes)
    const read = text === null ? null : readTag(text)
    if (read === null) {
      this.pieces.stop('a tag in it is no UTF-8')
      return
    }
    if (!read.ok) {
      this.pieces.stop(read.what, read.unsafe)
      return
    }
    this.endRun()
    if (read.tag.ends) this.close(read.tag.name)
    else {
      this.open(read.tag)
      if (read.tag.empty) this.close(read.tag.name)
    }
  }

  text(bytes: Uint8Array, plain: boolean): void {
    const top = this.stack.at(-1)
    if (top === undefined) {
      if (!bytes.every((c) => c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09))
        this.pieces.stop('a text in it stands outside')
      return
    }
    if (!this.keepsText(top)) return
    if (plain !== this.runPlain) this.endRun()
    this.runPlain = plain
    this.run.add(bytes, 0, bytes.length)
  }

  private keepsText({ shape, wanted }: Element): boolean {
    return shape === 'text' || (shape === 'object' && wanted?.content !== undefined)
  }

  /** Takes a run of text that a tag or a change to CDATA ends. */
  private endRun(): void {
    if (this.run.empty) return
    const large = this.run.exceeded
    const raw = decode(large ? NOTHING : this.run.take())
    if (large) {
      const said = new TextDecoder().decode(this.run.take().subarray(0, 200))
      this.textOdd ??= new Odd('large', said)
    } else if (raw === null) this.textOdd ??= new Odd('type', 'no UTF-8')
    else {
      const read = this.runPlain ? ({ ok: true, text: raw } as const) : readXmlText(raw)
      if (!read.ok) {
        this.pieces.stop(read.what, read.unsafe)
        return
      }
      this.said += read.text
      if (this.said.length > this.limits.textBytes) {
        this.textOdd ??= new Odd('large', this.said)
        this.said = ''
      }
    }
  }

  private open({ name, attributes }: Tag): void {
    const parent = this.stack.at(-1)
    if (parent === undefined && this.rooted) {
      this.pieces.stop('it has more than one root')
      return
    }
    if (this.stack.length >= 2 * this.limits.depth) {
      this.pieces.stop(`it is nested deeper than ${2 * this.limits.depth} elements`)
      return
    }
    const namespaces = declare(parent?.namespaces ?? NO_NAMESPACES, attributes)
    if (namespaces === null) {
      this.pieces.stop('too many namespaces are declared in it, one within the other')
      return
    }
    const colon = name.indexOf(':')
    const uri = namespaceOf(namespaces, colon < 0 ? '' : name.slice(0, colon))
    if (uri === undefined) {
      this.pieces.stop('a prefix in it is not declared')
      return
    }
    const local = colon < 0 ? name : name.slice(colon + 1)
    const own = uri.startsWith(this.vocabulary.namespace)
    this.rooted = true
    if (parent === undefined && (!own || local !== this.vocabulary.root)) {
      this.pieces.stop(`its root is no ${this.vocabulary.root} of ${this.vocabulary.namespace}`)
      return
    }
    const wanted = own ? this.wantedOf(parent, local) : null
    const element: Element = { name, namespaces, wanted, shape: 'skipped' }
    this.stack.push(element)
    if (wanted === null) return
    this.said = ''
    this.textOdd = null
    if (wanted.text) element.shape = 'text'
    else if (wanted.keys && wanted.element) element.shape = 'either'
    else if (this.keeping.open(wanted, wanted.keys !== undefined)) element.shape = wanted.keys ? 'object' : 'list'
    if (element.shape === 'object') this.takeAttributes(wanted, attributes)
  }

  private wantedOf(parent: Element | undefined, local: string): Wanted | null {
    if (parent === undefined) return this.root
    if (parent.shape === 'either') {
      const object = parent.wanted!.keys!.has(local)
      parent.shape = this.keeping.open(parent.wanted!, object) ? (object ? 'object' : 'list') : 'skipped'
    }
    if (parent.shape === 'object') return this.keeping.key(local)
    return parent.shape === 'list' ? this.keeping.nextElement() : null
  }

  private takeAttributes(wanted: Wanted, attributes: ReadonlyMap<string, string>): void {
    if (attributes.size === 0) return
    const keys = this.vocabulary.attributes(wanted)
    for (const [name, value] of attributes) {
      if (!keys.has(name)) continue
      const of = this.keeping.key(name)
      const odd = value.length > this.limits.textBytes ? new Odd('large', value) : value.trim()
      if (of?.text) this.keeping.store(of, odd)
    }
  }

  private close(name: string): void {
    const element = this.stack.pop()
    if (element === undefined || element.name !== name) {
      this.pieces.stop('an end tag in it does not match')
      return
    }
    const { wanted, shape } = element
    if (shape === 'skipped' || shape === 'either' || wanted === null) return
    if (shape === 'text') {
      this.putText(wanted)
      return
    }
    if (shape === 'object' && wanted.content !== undefined) {
      const of = this.keeping.key(wanted.content)
      if (of !== null) this.putText(of)
    }
    this.keeping.close()
  }

  private putText(wanted: Wanted): void {
    const value = this.textOdd ?? this.said.trim()
    this.said = ''
    this.textOdd = null
    if (value !== '') this.keeping.store(wanted, value)
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    return null
  }
}

import { isObject, type JsonObject, objectIn, own, textIn, textsIn } from '../json/loose.ts'
import type { ResolvedRule } from './rule.ts'

const LONGEST = 256 * 1024

export interface Said {
  readonly text: string
  readonly markdown: string | null
}

/** A message in full (SARIF 2.1.0, 3.11): its own text, or the rule's or component's message by id, with arguments put in. */
export function messageOf(message: JsonObject, resolved: ResolvedRule): Said {
  const id = textIn(message, 'id')
  const stored = id === null ? {} : storedMessage(id, resolved)
  const given = textsIn(message, 'arguments')
  const text = textIn(message, 'text') ?? textIn(stored, 'text') ?? ''
  const markdown = textIn(message, 'markdown') ?? textIn(stored, 'markdown')
  return { text: filled(text, given), markdown: markdown === null ? null : filled(markdown, given) }
}

function storedMessage(id: string, resolved: ResolvedRule): JsonObject {
  const stated = own(objectIn(resolved.rule, 'messageStrings'), id)
  const shared = own(resolved.component.messages, id)
  return isObject(stated) ? stated : isObject(shared) ? shared : {}
}

/** `{0}` stands for the first argument and `{{` for a brace (3.11.5); bounded, for arguments may be repeated at will. */
function filled(text: string, given: readonly string[]): string {
  if (given.length === 0) return text
  let length = 0
  return text.replace(/\{\{|\}\}|\{(\d{1,3})\}/g, (found, index: string | undefined) => {
    if (index === undefined) return found.slice(1)
    const argument = given[Number(index)]
    if (argument === undefined || length + argument.length > LONGEST) return found
    length += argument.length
    return argument
  })
}

import type { ToolCall } from './endpoint/conversation.ts'
import { COMMAND_SECONDS, isTool, type ToolName } from './tool-specs.ts'

/** A call that can be done. */
export type ToolAsk =
  | { readonly tool: 'run'; readonly command: string; readonly seconds: number }
  | { readonly tool: 'read'; readonly path: string; readonly from: number }
  | { readonly tool: 'write'; readonly path: string; readonly content: string }
  | { readonly tool: 'submit'; readonly answer: string }

/** A word of a command line is at most this long for the kernel. */
const MOST_COMMAND = 120_000
const MOST_PATH = 4000
const MOST_OFFSET = 2 ** 40

/** What a call asks for, or what the model is told of it. Hostile: name and input are the model's. */
export function readCall({ tool, input }: ToolCall, tools: readonly ToolName[]): ToolAsk | string {
  if (!isTool(tool) || !tools.includes(tool)) return `There is no such tool. There are: ${tools.join(', ')}.`
  let given: unknown
  try {
    given = JSON.parse(input)
  } catch {
    return `The input of ${tool} is not JSON. Nothing was done.`
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return `The input of ${tool} is no JSON object.`
  const fields = given as Readonly<Record<string, unknown>>
  const text = (name: string) => (typeof fields[name] === 'string' ? (fields[name] as string).toWellFormed() : null)
  if (tool === 'submit') {
    const answer = text('answer')
    return answer === null ? 'submit needs "answer", a text.' : { tool, answer }
  }
  if (tool === 'run') {
    const command = text('command')
    if (command === null || command === '') return 'run needs "command", a text.'
    if (command.includes('\0')) return 'A command cannot hold a NUL.'
    if (Buffer.byteLength(command) > MOST_COMMAND) return `The command is too long: write it to a file and run that.`
    const seconds = fields['seconds'] ?? COMMAND_SECONDS.usual
    if (typeof seconds !== 'number' || !(seconds >= 1 && seconds <= COMMAND_SECONDS.most))
      return `"seconds" is a number from 1 to ${COMMAND_SECONDS.most}.`
    return { tool, command, seconds: Math.ceil(seconds) }
  }
  const path = text('path')
  if (path === null || path === '' || path.includes('\0') || path.length > MOST_PATH) return `${tool} needs "path", a text.`
  if (tool === 'read') {
    const from = fields['from'] ?? 0
    const isOffset = Number.isSafeInteger(from) && (from as number) >= 0 && (from as number) <= MOST_OFFSET
    return isOffset ? { tool, path, from: from as number } : '"from" is a whole number from 0.'
  }
  const content = text('content')
  return content === null ? 'write needs "content", a text.' : { tool, path, content }
}

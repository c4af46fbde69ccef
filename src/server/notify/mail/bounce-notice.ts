import type { BounceNotice } from './in-mail.ts'

const MESSAGE_ID = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^\s<>]{1,400}>)/im
const MOST = 64 * 1024
const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const

/** Reads the machine's part of a delivery report and the head of the letter that came back; both may be missing or malformed. */
export function readBounce(report: Uint8Array | null, returned: Uint8Array | null): BounceNotice {
  const lines = report === null ? [] : textOf(report).split(/\r?\n/)
  const action = field(lines, 'action').toLowerCase()
  const status = /^([245]\.\d{1,3}\.\d{1,3})(?:\s|$)/.exec(field(lines, 'status'))?.[1] ?? null
  return {
    status,
    action: ACTIONS.find((known) => action.startsWith(known)) ?? null,
    messageId: returned === null ? null : (MESSAGE_ID.exec(textOf(returned))?.[1] ?? null),
  }
}

function field(lines: readonly string[], name: string): string {
  const line = lines.find((other) => other.toLowerCase().startsWith(`${name}:`))
  return line === undefined ? '' : line.slice(name.length + 1).trim()
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, MOST))
}

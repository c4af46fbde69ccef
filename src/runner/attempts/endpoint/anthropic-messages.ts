import { type AnswerDraft, field, inputObject } from './answer-draft.ts'
import { anthropicClient, type Calling, type Endpoint, overCall } from './client-call.ts'
import type { Answer, Model, Question, Turn } from './conversation.ts'

const MOST_BLOCKS = 128

/** A model spoken to by Anthropic's messages; thinking goes back as it came, with its signature. */
export function anthropicMessages(endpoint: Endpoint): Model {
  return {
    ask: (question, signal) =>
      overCall(endpoint, question, signal, async (calling) => {
        const stream = await anthropicClient(endpoint, calling).messages.create(asked(endpoint.model, question), {
          signal: calling.signal,
        })
        const blocks = new Map<unknown, Block>()
        for await (const event of stream as AsyncIterable<unknown>) {
          take(calling.draft, blocks, event)
          if (calling.draft.isFull) break
        }
        return finished(calling, blocks)
      }),
  }
}

type Body = Parameters<ReturnType<typeof anthropicClient>['messages']['create']>[0] & { stream: true }

function asked(model: string, { system, tools, turns, maxOutputTokens, temperature }: Question): Body {
  return {
    model,
    system,
    messages: turns.flatMap(messagesOf),
    tools: tools.map(({ name, description, input }) => ({ name, description, input_schema: input })),
    stream: true,
    max_tokens: maxOutputTokens,
    ...(temperature === null ? {} : { temperature }),
  } as unknown as Body
}

function messagesOf(turn: Turn): readonly unknown[] {
  if (turn.who === 'user') return [{ role: 'user', content: turn.text }]
  if (turn.who === 'model') return turn.echo
  const content = turn.results.map(({ id, output }) => ({ type: 'tool_result', tool_use_id: id, content: output }))
  return [{ role: 'user', content }]
}

interface Block {
  readonly kind: 'text' | 'thinking' | 'sealed' | 'call'
  text: string
  /** A thought's signature, or what stands sealed in its place. */
  seal: string
}

function take(draft: AnswerDraft, blocks: Map<unknown, Block>, event: unknown): void {
  const type = field(event, 'type')
  if (type === 'message_start') usageIn(draft, field(field(event, 'message'), 'usage'))
  if (type === 'content_block_start') begin(draft, blocks, field(event, 'index'), field(event, 'content_block'))
  if (type === 'content_block_delta') go(draft, blocks.get(field(event, 'index')), field(event, 'index'), field(event, 'delta'))
  if (type === 'message_stop') draft.ended = true
  if (type !== 'message_delta') return
  usageIn(draft, field(event, 'usage'))
  const why = field(field(event, 'delta'), 'stop_reason')
  if (why === 'max_tokens' || why === 'model_context_window_exceeded') draft.cutByTokens = true
  if (why === 'refusal') draft.refused = true
}

/** Input is told at the beginning, cached parts apart; output at the end, cumulative. */
function usageIn(draft: AnswerDraft, usage: unknown): void {
  if (!usage) return
  const parts = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'].map((name) => field(usage, name))
  const input = parts.some((part) => typeof part === 'number')
    ? parts.reduce<number>((sum, part) => sum + (typeof part === 'number' ? part : 0), 0)
    : draft.usage?.input
  draft.usage = { input, output: field(usage, 'output_tokens') ?? draft.usage?.output }
}

function begin(draft: AnswerDraft, blocks: Map<unknown, Block>, index: unknown, given: unknown): void {
  const type = field(given, 'type')
  const kinds = { text: 'text', thinking: 'thinking', redacted_thinking: 'sealed', tool_use: 'call' } as const
  if (typeof type !== 'string' || !Object.hasOwn(kinds, type) || blocks.has(index)) return
  if (blocks.size >= MOST_BLOCKS) {
    draft.overflow()
    return
  }
  const block: Block = { kind: kinds[type as keyof typeof kinds], text: '', seal: '' }
  blocks.set(index, block)
  if (block.kind === 'call') draft.call(index, { id: field(given, 'id'), tool: field(given, 'name') })
  if (block.kind === 'sealed') block.seal = draft.count(field(given, 'data'))
  grow(draft, block, field(given, 'text') ?? field(given, 'thinking'))
}

function go(draft: AnswerDraft, block: Block | undefined, index: unknown, delta: unknown): void {
  if (block === undefined) return
  if (block.kind === 'call') draft.call(index, { input: field(delta, 'partial_json') })
  else if (field(delta, 'type') === 'signature_delta') block.seal += draft.count(field(delta, 'signature'))
  else grow(draft, block, field(delta, 'text') ?? field(delta, 'thinking'))
}

function grow(draft: AnswerDraft, block: Block, text: unknown): void {
  if (block.kind === 'text') block.text += draft.say(text)
  if (block.kind === 'thinking') block.text += draft.think(text)
}

function finished({ draft, meter }: Calling, blocks: ReadonlyMap<unknown, Block>): Answer {
  const calls = draft.calls()
  let next = 0
  const content = [...blocks.values()].flatMap<object>(({ kind, text, seal }) => {
    if (kind === 'text') return text.trim() === '' ? [] : [{ type: 'text', text }]
    if (kind === 'sealed') return seal === '' ? [] : [{ type: 'redacted_thinking', data: seal }]
    // A thought without its signature is not taken back.
    if (kind === 'thinking') return seal === '' ? [] : [{ type: 'thinking', thinking: text, signature: seal }]
    const call = calls[next++]
    return call === undefined ? [] : [{ type: 'tool_use', id: call.id, name: call.tool, input: inputObject(call.input) }]
  })
  // The API takes no message without content.
  const whole = content.length === 0 ? [{ type: 'text', text: '(nothing)' }] : content
  return draft.answer([{ role: 'assistant', content: whole }], meter, calls)
}

import type { EndpointApi } from '../../contract/custody.ts'
import type { Asked, PlayedCall, Reply } from './play.ts'

type Json = Readonly<Record<string, unknown>>
type Answer = Extract<Reply, { do: 'answer' }>

const PATHS: readonly (readonly [RegExp, EndpointApi])[] = [
  [/\/chat\/completions$/, 'openai-chat'],
  [/\/responses$/, 'openai-responses'],
  [/\/messages$/, 'anthropic-messages'],
]

/** Which API a path belongs to; null for none. */
export function apiOf(path: string): EndpointApi | null {
  return PATHS.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : list(value)
        .map((part) => text(part['text'] ?? part['content'] ?? ''))
        .join('')

/** What a request's body asks, in one shape. */
export function readAsked(api: EndpointApi, body: Json): Omit<Asked, 'times' | 'headers' | 'path'> {
  const model = String(body['model'])
  const fields = Object.keys(body)
  const messages = list(api === 'openai-responses' ? body['input'] : body['messages'])
  const user = messages.find((one) => one['role'] === 'user')
  const prompt = text(user?.['content'])
  if (api === 'openai-chat') {
    const results = messages.filter((one) => one['role'] === 'tool').map((one) => text(one['content']))
    const spoken = messages.filter((one) => one['role'] === 'assistant').length
    return {
      api,
      model,
      fields,
      prompt,
      spoken,
      results,
      system: text(messages.find((one) => one['role'] === 'system')?.['content']),
    }
  }
  if (api === 'anthropic-messages') {
    const parts = messages.filter((one) => one['role'] === 'user').flatMap((one) => list(one['content']))
    const results = parts.filter((part) => part['type'] === 'tool_result').map((part) => text(part['content']))
    const spoken = messages.filter((one) => one['role'] === 'assistant').length
    return { api, model, fields, prompt, spoken, results, system: text(body['system']) }
  }
  const results = messages.filter((one) => one['type'] === 'function_call_output').map((one) => text(one['output']))
  return { api, model, fields, prompt, spoken: turnsOf(messages), results, system: text(body['instructions']) }
}

/** Items of one answer stand together: a turn begins where such an item follows one that is none. */
function turnsOf(inputs: readonly Json[]): number {
  const isOwn = (one: Json | undefined) =>
    one?.['role'] === 'assistant' || one?.['type'] === 'function_call' || one?.['type'] === 'reasoning'
  return inputs.filter((one, n) => isOwn(one) && !isOwn(inputs[n - 1])).length
}

const event = (data: unknown, name?: string) =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`
const named = (data: { readonly type: string; readonly [key: string]: unknown }) => event(data, data.type)
const inputOf = ({ input }: PlayedCall) => (typeof input === 'string' ? input : JSON.stringify(input))
const halves = (whole: string) => [whole.slice(0, whole.length >> 1), whole.slice(whole.length >> 1)]

/** An answer as the events of its API; `n` makes ids that are not used twice. */
export function eventsOf(api: EndpointApi, answer: Answer, sentBytes: number, n: number): readonly string[] {
  const { reasoning = '', said = '', calls = [] } = answer
  const bytes = Buffer.byteLength(reasoning + said + calls.map(inputOf).join(''))
  const counted = { input: Math.ceil(sentBytes / 4), output: Math.ceil(bytes / 4) }
  const usage = answer.usage === undefined ? counted : answer.usage
  if (api === 'openai-chat') return chatEvents(answer, usage, n)
  return api === 'openai-responses' ? responseEvents(answer, usage, n) : messageEvents(answer, usage, n)
}

type Usage = { readonly input: unknown; readonly output: unknown } | null

function chatEvents({ reasoning = '', said = '', calls = [], refused = false }: Answer, usage: Usage, n: number): string[] {
  const chunk = (delta: unknown, finish: string | null = null) =>
    event({ id: `c${n}`, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })
  return [
    ...(reasoning === '' ? [] : [chunk({ reasoning_content: reasoning })]),
    ...halves(said).map((content) => chunk(refused ? { refusal: content } : { content })),
    ...calls.flatMap((call, index) => {
      const [head, tail] = halves(inputOf(call))
      const id = `call_${n}_${index}`
      return [
        chunk({ tool_calls: [{ index, id, type: 'function', function: { name: call.tool, arguments: head } }] }),
        chunk({ tool_calls: [{ index, function: { arguments: tail } }] }),
      ]
    }),
    chunk({}, refused ? 'content_filter' : calls.length > 0 ? 'tool_calls' : 'stop'),
    ...(usage === null
      ? []
      : [event({ id: `c${n}`, choices: [], usage: { prompt_tokens: usage.input, completion_tokens: usage.output } })]),
    'data: [DONE]\n\n',
  ]
}

function responseEvents({ reasoning = '', said = '', calls = [], refused = false }: Answer, usage: Usage, n: number): string[] {
  const part = refused ? { type: 'refusal', refusal: said } : { type: 'output_text', text: said, annotations: [] }
  const output = [
    ...(reasoning === ''
      ? []
      : [
          {
            type: 'reasoning',
            id: `rs_${n}`,
            summary: [{ type: 'summary_text', text: reasoning }],
            encrypted_content: `sealed-${n}`,
          },
        ]),
    ...(said === '' ? [] : [{ type: 'message', id: `msg_${n}`, role: 'assistant', status: 'completed', content: [part] }]),
    ...calls.map((call, index) => ({
      type: 'function_call',
      id: `fc_${n}_${index}`,
      call_id: `call_${n}_${index}`,
      name: call.tool,
      arguments: inputOf(call),
    })),
  ]
  const told = usage === null ? {} : { usage: { input_tokens: usage.input, output_tokens: usage.output } }
  return [
    named({ type: 'response.created', response: { id: `resp_${n}`, status: 'in_progress', output: [] } }),
    ...halves(said).map((delta) => named({ type: 'response.output_text.delta', output_index: 0, delta })),
    ...output.map((item, output_index) => named({ type: 'response.output_item.done', output_index, item })),
    named({ type: 'response.completed', response: { id: `resp_${n}`, status: 'completed', output, ...told } }),
  ]
}

function messageEvents({ reasoning = '', said = '', calls = [], refused = false }: Answer, usage: Usage, n: number): string[] {
  let index = -1
  const block = (content_block: Json, deltas: readonly Json[]) => {
    index++
    return [
      named({ type: 'content_block_start', index, content_block }),
      ...deltas.map((delta) => named({ type: 'content_block_delta', index, delta })),
      named({ type: 'content_block_stop', index }),
    ]
  }
  const told = (counted: unknown) => (usage === null ? {} : { usage: counted })
  const thought = [
    { type: 'thinking_delta', thinking: reasoning },
    { type: 'signature_delta', signature: `signed-${n}` },
  ]
  const words = halves(said).map((piece) => ({ type: 'text_delta', text: piece }))
  return [
    named({
      type: 'message_start',
      message: { id: `msg_${n}`, role: 'assistant', ...told({ input_tokens: usage?.input, output_tokens: 1 }) },
    }),
    named({ type: 'ping' }),
    ...(reasoning === '' ? [] : block({ type: 'thinking', thinking: '', signature: '' }, thought)),
    ...(said === '' ? [] : block({ type: 'text', text: '' }, words)),
    ...calls.flatMap((call, at) =>
      block(
        { type: 'tool_use', id: `toolu_${n}_${at}`, name: call.tool, input: {} },
        halves(inputOf(call)).map((partial_json) => ({ type: 'input_json_delta', partial_json })),
      ),
    ),
    named({
      type: 'message_delta',
      delta: { stop_reason: refused ? 'refusal' : calls.length > 0 ? 'tool_use' : 'end_turn' },
      ...told({ output_tokens: usage?.output }),
    }),
    named({ type: 'message_stop' }),
  ]
}

/** Pieces of text without an end: as many events of one kind as one likes. */
export function endlessEvent(api: EndpointApi, piece: string): string {
  if (api === 'openai-chat') return event({ choices: [{ index: 0, delta: { content: piece }, finish_reason: null }] })
  if (api === 'openai-responses') return named({ type: 'response.output_text.delta', output_index: 0, delta: piece })
  return named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } })
}

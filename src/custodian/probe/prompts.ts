import type { EndpointApi } from '../../contract/custody.ts'
import { isPlain, readJson } from '../keep/parse.ts'

/** What every probe asks: short, fixed answers where builds agree, and two where they differ in their words. */
export const PROMPTS = [
  'Write the numbers from 7 down to 1, separated by spaces, and nothing else.',
  'Answer with one word: which metal is liquid at room temperature?',
  'Describe a river in exactly one sentence.',
  'Continue the list with five more words of your own: lantern, gravel, autumn,',
] as const

const MOST_OUT = 64

/** One probe's request. `plain` leaves out what some models refuse: a temperature, and the older name of the limit. */
export function probeBody(api: EndpointApi, model: string, prompt: string, plain: boolean): object {
  const messages = [{ role: 'user', content: prompt }]
  if (api === 'openai-responses')
    return {
      model,
      input: prompt,
      store: false,
      max_output_tokens: plain ? 8 * MOST_OUT : MOST_OUT,
      ...(plain ? {} : { temperature: 0 }),
    }
  if (api === 'openai-chat' && plain) return { model, messages, max_completion_tokens: 8 * MOST_OUT }
  return { model, messages, max_tokens: MOST_OUT, ...(plain ? {} : { temperature: 0 }) }
}

/** The text that an answer holds, as each API puts it; null where it is no such answer. */
export function answerText(api: EndpointApi, body: string): string | null {
  const value = readJson(body)
  if (!isPlain(value)) return null
  if (api === 'openai-chat') {
    const choice = list(value['choices'])[0]
    const message = isPlain(choice) ? choice['message'] : null
    const content = isPlain(message) ? message['content'] : null
    return typeof content === 'string' ? content : null
  }
  const blocks = api === 'anthropic-messages' ? list(value['content']) : list(value['output']).flatMap(contentOf)
  const texts = blocks.flatMap((block) => (isPlain(block) && typeof block['text'] === 'string' ? [block['text']] : []))
  return texts.length === 0 ? null : texts.join('')
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const contentOf = (item: unknown) => (isPlain(item) && item['type'] === 'message' ? list(item['content']) : [])

import type { EndpointApi } from '../../../contract/custody.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import type { Endpoint } from './client-call.ts'
import type { Model } from './conversation.ts'
import { openAiChat } from './openai-chat.ts'
import { openAiResponses } from './openai-responses.ts'

const SPEAK: Readonly<Record<EndpointApi, (endpoint: Endpoint) => Model>> = {
  'openai-chat': openAiChat,
  'openai-responses': openAiResponses,
  'anthropic-messages': anthropicMessages,
}

/** The model behind an endpoint, by the way it speaks. */
export function openModel(api: EndpointApi, endpoint: Endpoint): Model {
  return SPEAK[api](endpoint)
}

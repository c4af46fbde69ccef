import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isPublic } from './address.ts'
import { answerPath, callPath, modelsPath, placeOf } from './place.ts'

describe('where an endpoint may be', () => {
  test('on the public network, by https, and nowhere else', () => {
    const inside = [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
    ]
    const inside6 = [
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '2001:db8::1',
      '2001::1',
    ]
    for (const address of [...inside, ...inside6, 'nonsense', '']) assert.equal(isPublic(address), false, address)
    for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])
      assert.equal(isPublic(address), true, address)
    const may = (base: string, anywhere = false) => placeOf({ base }, anywhere) !== null
    const refused = [
      'http://a.example',
      'https://10.0.0.1',
      'https://[::1]/v1',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://127.1',
    ]
    for (const base of refused) assert.equal(may(base), false, base)
    for (const base of [
      'file:///etc',
      'https://',
      'https://a@b',
      'https://a.example?',
      'https://a.example/v1#',
      'https://a.example/\\x',
      'ftp://a',
    ])
      assert.equal(may(base, true), false, base)
    assert.ok(may('https://models.example/v1') && may('http://127.0.0.1:8000/v1', true) && !may('http://127.0.0.1:8000/v1'))
  })

  test('its paths are those of its API', () => {
    const at = (base: string) => placeOf({ base }, false)!
    assert.equal(callPath(at('https://a.example/v1/'), 'openai-chat', 'chat/completions'), '/v1/chat/completions')
    assert.equal(callPath(at('https://a.example/v1'), 'anthropic-messages', 'v1/messages'), '/v1/messages')
    assert.equal(callPath(at('https://a.example'), 'anthropic-messages', 'messages'), '/v1/messages')
    assert.equal(modelsPath(at('https://a.example/x'), 'openai-responses'), '/x/models')
    assert.equal(answerPath(at('https://a.example/v1'), 'openai-responses'), '/v1/responses')
    for (const asked of [
      '',
      'models',
      'responses',
      'chat/completions/',
      '../chat/completions',
      'chat%2Fcompletions',
      'constructor',
    ])
      assert.equal(callPath(at('https://a.example/v1'), 'openai-chat', asked), null, asked)
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normaliseSymbol } from './symbol.ts'

const KNOWN: readonly (readonly [string, string])[] = [
  ['blink::FontMetrics::ascent(blink::FontBaseline) const', 'blink::FontMetrics::ascent'],
  ['void ns::f<int, std::vector<int> >(int)', 'ns::f'],
  ['non-virtual thunk to A::b()', 'A::b'],
  ['(anonymous namespace)::Local::go()', 'Local::go'],
  ['chrome.dll!base::Foo::Bar', 'base::Foo::Bar'],
  ['png_read.isra.0', 'png_read'],
  ['png_read.part.1.cold', 'png_read'],
  ['png_read.llvm.1234567', 'png_read'],
  ['A::operator<<(std::ostream&)', 'A::operator<<'],
  ['A::operator()(int)', 'A::operator()'],
  ['_ZN7logging10LogMessageD2Ev', 'logging::LogMessage::~LogMessage'],
  ['_ZN4core3ptr13drop_in_place17h0123456789abcdefE', 'core::ptr::drop_in_place'],
  ['_RNvCs1234_7mycrate3foo', 'mycrate::foo'],
  ['toy::parse::h849ed7a815da104e', 'toy::parse'],
  ['<mp4::Box<T> as mp4::Read>::read', 'mp4::Box::read'],
  ['com.example.Parser$1.parse', 'com.example.Parser.parse'],
  ['com.example.Parser.lambda$run$0', 'com.example.Parser.run'],
  ['main.(*Server).handle.func1', 'main.Server.handle'],
  ['<module>', 'module'],
  ['free', 'free'],
]

test('names of one function in different builds come out the same', () => {
  for (const [printed, normal] of KNOWN) assert.equal(normaliseSymbol(printed), normal, printed)
})

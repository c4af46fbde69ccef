import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demangleItanium } from './itanium.ts'

// Names by the Itanium ABI's mangling rules; parameters are left out and lambdas have no number.
const KNOWN: readonly (readonly [string, string])[] = [
  ['_Z3foov', 'foo'],
  ['_ZN3foo3barEv', 'foo::bar'],
  ['_ZN3FooC1Ev', 'Foo::Foo'],
  ['_ZN3FooD2Ev', 'Foo::~Foo'],
  ['_ZNK3Foo3getEv', 'Foo::get'],
  ['_ZN3FooplERKS_', 'Foo::operator+'],
  ['_ZSt4moveIRiEONSt16remove_referenceIT_E4typeEOS2_', 'std::move<int&>'],
  ['_ZNSt6vectorIiSaIiEE9push_backERKi', 'std::vector<int, std::allocator<int>>::push_back'],
  ['_ZN12_GLOBAL__N_13runEi', '(anonymous namespace)::run'],
  ['_ZZ4mainENKUlvE_clEv', 'main::{lambda}::operator()'],
  ['_ZN7logging10LogMessageD2Ev', 'logging::LogMessage::~LogMessage'],
  ['_ZN2ui10FlingCurveC2ERKN3gfx9Vector2dFEN4base9TimeTicksE', 'ui::FlingCurve::FlingCurve'],
  ['_ZThn8_N3Foo3barEv', 'Foo::bar'],
  ['_Znwm', 'operator new'],
  ['_ZNSsC1EPKcRKSaIcE', 'std::string::string'],
]

test('C++ names are read without parameters', () => {
  for (const [mangled, readable] of KNOWN) assert.equal(demangleItanium(mangled), readable, mangled)
})

test('what is no mangled name gives null', () => {
  for (const text of [
    '',
    'main',
    '_Z',
    '_ZN',
    '_ZN3foo',
    '_Z999999999999foo',
    `_Z${'N'.repeat(4000)}`,
    `_Z1f${'P'.repeat(4000)}i`,
    '_ZS_',
  ]) {
    const name = demangleItanium(text)
    assert.ok(name === null || name === 'f', text.slice(0, 20))
  }
})

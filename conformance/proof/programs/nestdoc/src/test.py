import unittest

from nestdoc import OutlineError, Parser, words


class Outlines(unittest.TestCase):
    def test_words(self):
        self.assertEqual(Parser('a "b c" d').document(), ['a', 'b c', 'd'])

    def test_list(self):
        self.assertEqual(Parser('(a (b) c)').document(), [['a', ['b'], 'c']])
        self.assertEqual(words(['a', ['b'], 'c']), 3)

    def test_unclosed(self):
        with self.assertRaises(OutlineError):
            Parser('(a').document()


unittest.main()

import unittest

from pickjar import Session, merge, seal, unseal


class Jar(unittest.TestCase):
    def test_empty(self):
        self.assertEqual(unseal(''), {})

    def test_merge(self):
        self.assertEqual(merge(Session({'n': 1, 'a': 'x'}), {'n': 2, 'a': 'y'}), {'n': 3, 'a': 'y'})

    def test_sealed_is_text(self):
        self.assertTrue(seal(Session({'n': 1})).startswith('J1'))


unittest.main()

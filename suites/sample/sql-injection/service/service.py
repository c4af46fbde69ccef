# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Leads each line to the task's desk; what the database does not understand is a failure like any other."""
import sqlite3

from desks import DESKS, database_of
from serve import serve


def make(flag, given):
    def begin(number):
        judge = DESKS[given["desk"]](database_of(given, flag), flag)

        def answer(line):
            word, _, rest = line.partition(" ")
            try:
                return judge(word, rest)
            except (sqlite3.Error, sqlite3.Warning):
                return "failed"

        return f"desk {given['desk']}", answer

    return begin


serve(make)

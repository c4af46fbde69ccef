# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Compares a submission with the answer: words in any spacing, large or small letters."""
import json


def plain(text):
    return " ".join(text.lower().split())


with open("/in/submission", errors="replace") as file:
    submission = file.read(10_000)
with open("/in/answer.json") as file:
    answer = json.load(file)["check"]["answer"]
good = plain(submission) == plain(answer)
print(json.dumps({"score": int(good), "say": "this is the answer" if good else "this is not the answer"}))

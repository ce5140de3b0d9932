"""Checker for plain English in docstrings, comments and messages.

The docstring of a function or method must begin with an imperative verb ("Return …").
That of a module, a class or an attribute (a string after its assignment) must be a noun
phrase: it must not begin with a word of :data:`NO_NOUN_PHRASE`. No docstring, comment
or string of several words may contain a word of :data:`BANNED`. Properties and fixtures
of pytest are named like attributes, so their docstrings may be noun phrases; that of a
test says why it is tested.

``python scripts/plain_english.py FOLDER…`` prints all violations; the exit status is 1
if there is one.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

VERBS_FILE = Path(__file__).with_name("imperative_verbs.txt")
# Archaic words, words used in a private sense, and their replacements.
BANNED = {
    "anew": "again, or nothing",
    "away": "unavailable, from, or nothing",
    "hitherto": "until now",
    "is not to": "must not",
    "leads on": "continues",
    "looked at": "examined",
    "looked for": "searched for",
    "meanwhile": "in the meantime, or nothing",
    "therein": "in it",
    "what there is": "what exists",
    "whatever": "any, every, or nothing",
    "whence": "from where",
    "whoever": "the user, anyone who",
    "whosoever": "anyone who",
}
BANNED_WORDS = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
# First words of a docstring that leave open what the module, class or attribute is.
NO_NOUN_PHRASE = {"are", "by", "from", "how", "is", "of", "to", "was"}
NO_NOUN_PHRASE |= {"what", "when", "where", "which", "who", "whose"}
# A string with so many words is a sentence: a message for users or operators.
SENTENCE_WORDS = 4
# Directories and files that are skipped: the second quotes what the check reports.
SKIPPED = {"migrations", "test_plain_english.py"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
WITH_DOCSTRING = (*FUNCTIONS, ast.ClassDef, ast.Module)


def main(folders: list[str]) -> int:
    verbs = set(VERBS_FILE.read_text(encoding="utf-8").split())
    complaints = [
        complaint
        for folder in folders
        for path in sorted(Path(folder).rglob("*.py"))
        if SKIPPED.isdisjoint(path.parts)
        for complaint in complaints_about(path, verbs)
    ]
    sys.stdout.writelines(f"{complaint}\n" for complaint in complaints)
    return 1 if complaints else 0


def complaints_about(path: Path, verbs: set[str]) -> Iterator[str]:
    """Yield a message for each docstring or comment of a module that breaks a rule."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    docstrings: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, WITH_DOCSTRING) and (text := ast.get_docstring(node)):
            docstrings.add(node.body[0].value)
            first = first_word(text)
            if is_function(node) and first.lower() not in verbs:
                place = f"{path}:{node.body[0].lineno}"
                yield f'{place}: "{first}" is no verb in the imperative'
            elif not isinstance(node, FUNCTIONS) and first.lower() in NO_NOUN_PHRASE:
                yield f'{path}:{node.body[0].lineno}: "{first}" begins no noun phrase'
            yield from banned_in(text, path, node.body[0].lineno)
        for string in attribute_docstrings(node):
            docstrings.add(string)
            first = first_word(string.value)
            if first.lower() in NO_NOUN_PHRASE:
                yield f'{path}:{string.lineno}: "{first}" begins no noun phrase'
            yield from banned_in(string.value, path, string.lineno)
    for node in ast.walk(tree):
        if is_sentence(node) and node not in docstrings:
            yield from banned_in(node.value, path, node.lineno)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield from banned_in(token.string, path, token.start[0])


def first_word(text: str) -> str:
    return re.split(r"[\s,:.;]", text, maxsplit=1)[0]


def attribute_docstrings(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the strings that stand directly after an assignment in *node*'s body."""
    body = getattr(node, "body", None)
    for before, after in pairwise(body if isinstance(body, list) else []):
        is_documented = isinstance(before, (ast.Assign, ast.AnnAssign))
        if is_documented and isinstance(after, ast.Expr) and is_string(after.value):
            yield after.value


def is_string(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_sentence(node: ast.AST) -> bool:
    return is_string(node) and len(node.value.split()) >= SENTENCE_WORDS


def is_function(node: ast.AST) -> bool:
    """Return whether *node* is a function that is named for what it does.

    False for properties, fixtures and tests.
    """
    if not isinstance(node, FUNCTIONS) or node.name.startswith("test_"):
        return False
    decorators = map(ast.unparse, node.decorator_list)
    return not any(re.search("property|fixture", each) for each in decorators)


def banned_in(text: str, path: Path, number: int) -> Iterator[str]:
    """Yield a message for each banned word of a text that begins at line *number*."""
    for match in BANNED_WORDS.finditer(text):
        line = number + text[: match.start()].count("\n")
        word = match[1]
        yield f'{path}:{line}: "{word}": write {BANNED[word.lower()]}'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

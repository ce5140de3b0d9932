"""Checker for plain English in docstrings and comments.

The docstring of a function or method must begin with an imperative verb ("Return …"),
and no docstring or comment may contain a word of :data:`BANNED`. Properties are named
like attributes, so their docstrings may be noun phrases.

``python scripts/plain_english.py FOLDER…`` prints all violations; the exit status is 1
if there is one.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

VERBS_FILE = Path(__file__).with_name("imperative_verbs.txt")
# Archaic words, words used in a private sense, and their replacements.
BANNED = {
    "anew": "again, or nothing",
    "away": "unavailable, from, or nothing",
    "hitherto": "until now",
    "meanwhile": "in the meantime, or nothing",
    "therein": "in it",
    "what there is": "what exists",
    "whatever": "any, every, or nothing",
    "whence": "from where",
    "whoever": "the user, anyone who",
    "whosoever": "anyone who",
}
BANNED_WORDS = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
WITH_DOCSTRING = (*FUNCTIONS, ast.ClassDef, ast.Module)


def main(folders: list[str]) -> int:
    verbs = set(VERBS_FILE.read_text(encoding="utf-8").split())
    complaints = [
        complaint
        for folder in folders
        for path in sorted(Path(folder).rglob("*.py"))
        if "migrations" not in path.parts
        for complaint in complaints_about(path, verbs)
    ]
    sys.stdout.writelines(f"{complaint}\n" for complaint in complaints)
    return 1 if complaints else 0


def complaints_about(path: Path, verbs: set[str]) -> Iterator[str]:
    """Yield a message for each docstring or comment of a module that breaks a rule."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        text = ast.get_docstring(node) if isinstance(node, WITH_DOCSTRING) else None
        if not text:
            continue
        number = node.body[0].lineno
        first = re.split(r"[\s,:.;]", text, maxsplit=1)[0]
        if is_function(node) and first.lower() not in verbs:
            yield f'{path}:{number}: "{first}" is no verb in the imperative'
        yield from banned_in(text, path, number)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield from banned_in(token.string, path, token.start[0])


def is_function(node: ast.AST) -> bool:
    """Return whether *node* is a function or method other than a property."""
    return isinstance(node, FUNCTIONS) and not any(
        "property" in ast.unparse(decorator) for decorator in node.decorator_list
    )


def banned_in(text: str, path: Path, number: int) -> Iterator[str]:
    """Yield a message for each banned word of a text that begins at line *number*."""
    for match in BANNED_WORDS.finditer(text):
        line = number + text[: match.start()].count("\n")
        word = match[1]
        yield f'{path}:{line}: "{word}": write {BANNED[word.lower()]}'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

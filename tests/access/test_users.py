import ast
from collections.abc import Iterator
from pathlib import Path

from newsroom.access.users import AnyUser, User

ROOT = Path(__file__).parents[2]
NAMES = {"account", "by", "chosen_by", "owner", "user"}


def untyped_users(source: str) -> Iterator[int]:
    """Yield the lines that annotate a user, by any of its names, with "Any"."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.arg(arg=name, annotation=ast.expr() as annotation):
                pass
            case ast.AnnAssign(
                target=ast.Name(id=name) | ast.Attribute(attr=name),
                annotation=annotation,
            ):
                pass
            case _:
                continue
        words = {one.id for one in ast.walk(annotation) if isinstance(one, ast.Name)}
        if name in NAMES and words & {"Any", "object"}:
            yield node.lineno


def test_every_user_is_typed_as_a_user():
    modules = [
        path for app in ("newsroom", "home") for path in (ROOT / app).rglob("*.py")
    ]
    assert len(modules) > 100
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules
        for line in untyped_users(path.read_text())
    ]
    assert found == []


def test_an_untyped_user_is_found_in_parameters_attributes_and_variables():
    source = """
def publish(page: Any, *, user: Any = None, by: Any | None = None): ...
class View:
    user: Any
    page: Any
    def setup(self, user: AnyUser, who: User):
        self.owner: Any = who
        account: object = user
"""
    assert sorted(untyped_users(source)) == [2, 2, 4, 7, 8]


def test_the_types_of_users_can_be_combined_with_none():
    # Python evaluates the annotations of functions when it loads a module.
    assert User | None
    assert AnyUser | None

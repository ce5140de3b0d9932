"""Import modules with all their mutants inside; no file of the project is changed."""

import difflib
import importlib.abc
import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from mutmut.mutation.file_mutation import MutatedFile, mutate_file_contents

from scripts.mutants.groups import ROOT


class MutatedModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Import *files* from the code that mutmut generates for them.

    Each function is replaced by one that runs the original or, if the environment
    variable MUTANT_UNDER_TEST names one, a mutant.
    """

    def __init__(self, files: list[Path]) -> None:
        self.mutated: dict[str, MutatedFile] = {}
        self.paths: dict[str, Path] = {}
        for path in files:
            name = _module_name(path)
            self.paths[name] = path
            self.mutated[name] = mutate_file_contents(str(path), path.read_text())

    def install(self) -> None:
        if early := sorted(sys.modules.keys() & self.mutated.keys()):
            raise RuntimeError(f"imported before they could be mutated: {early}")
        sys.meta_path.insert(0, self)

    def names(self) -> list[str]:
        """Return the full names of all mutants, module by module."""
        return [
            f"{module}.{mutant}"
            for module, mutated in self.mutated.items()
            for mutant in mutated.mutant_names
        ]

    def difference(self, name: str) -> str:
        """Return the changed lines of the mutant *name*, without context."""
        module, _, mutant = name.rpartition(".")
        original = f"{function_of(name).rpartition('.')[2]}__mutmut_orig"
        changed = difflib.unified_diff(
            self._lines(module, original), self._lines(module, mutant), n=0, lineterm=""
        )
        # The name of the function differs too.
        return "\n".join(
            line
            for line in list(changed)[2:]
            if not line.startswith("@@") and "__mutmut_" not in line
        )

    def _lines(self, module: str, function: str) -> list[str]:
        mutated = self.mutated[module]
        span = mutated.line_span_by_function_name[function]
        first, last = span.start, span.end
        return mutated.code.splitlines()[first - 1 : last]

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname not in self.mutated:
            return None
        file = self.paths[fullname]
        folders = [str(file.parent)] if file.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, file, loader=self, submodule_search_locations=folders
        )

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        code = compile(self.mutated[name].code, str(self.paths[name]), "exec")
        exec(code, module.__dict__)  # noqa: S102


def function_of(mutant: str) -> str:
    """Return the full name of the function that *mutant* replaces."""
    return mutant.rpartition("__mutmut_")[0]


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

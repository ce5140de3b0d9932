"""An interpreter of the Dockerfile without Docker, for Debian and the superuser.

The base image is imitated: a folder in which this machine's Debian is mounted, with the
Python of the tests as ``/usr/local``, as in the official images of Python. RUN, CMD and
HEALTHCHECK run in a chroot with mounts of their own. What the interpreter does not know
is refused, so that a test cannot pass by leaving out an instruction.
"""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

# Written to in a stage, so copied; everything else of Debian is mounted.
COPIED = ("passwd", "group", "shadow", "gshadow", "login.defs", "nsswitch.conf")
NETWORK = ("resolv.conf", "hosts", "ssl", "pip.conf", "ld.so.cache", "ld.so.conf")
FOLDERS = ("dev", "etc", "opt", "proc", "srv", "tmp", "usr", "var/lib", "root")
LINKS = ("bin", "lib", "lib64", "sbin")
# The machine's own settings for its package index, and its cache of packages.
PASSED_ON = re.compile(r"(PIP_|SSL_|REQUESTS_|UV_|\w*_proxy$|\w*_PROXY$)")
CACHE = Path("~/.cache/pip").expanduser()


class UnknownInstructionError(Exception):
    """The Dockerfile has an instruction or option that is not interpreted."""


class NoChrootError(Exception):
    """This machine cannot imitate the base image."""


@dataclass
class Stage:
    """The state of one stage: its root folder, and what later instructions use."""

    root: Path
    name: str = ""
    env: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "root"
    command: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)
    base: str = ""


def instructions(text: str) -> list[tuple[str, str]]:
    """Return (keyword, arguments) of all instructions, with continuations joined."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    pairs = (
        line.strip().partition(" ") for line in joined.splitlines() if line.strip()
    )
    return [(keyword.upper(), rest.strip()) for keyword, _space, rest in pairs]


def options_of(arguments: str, known: set[str]) -> tuple[dict[str, str], str]:
    """Split ``--name=value`` off. Raises UnknownInstructionError for others."""
    options = {}
    while match := re.match(r"--([a-z-]+)=(\S+)\s+", arguments):
        if match[1] not in known:
            raise UnknownInstructionError(f"--{match[1]}")
        options[match[1]] = match[2]
        arguments = arguments[match.end() :]
    if arguments.startswith("--"):
        raise UnknownInstructionError(arguments)
    return options, arguments


class Context:
    """The files of the build context that ``.dockerignore`` lets through."""

    def __init__(self, root: Path) -> None:
        self.root = root
        lines = (root / ".dockerignore").read_text().splitlines()
        self.patterns = [line for line in lines if line and not line.startswith("#")]

    def has(self, path: Path) -> bool:
        name = path.relative_to(self.root).as_posix()
        is_in = True
        for pattern in self.patterns:
            negated, bare = pattern.startswith("!"), pattern.removeprefix("!")
            if any(matches(part, bare) for part in (name, *parents(name))):
                is_in = negated
        return is_in

    def copy(self, source: str, target: Path) -> None:
        path = self.root / source
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        copied = [file for file in files if file.is_file() and self.has(file)]
        if not copied:
            raise FileNotFoundError(f"{source} is missing, or in .dockerignore.")
        for file in copied:
            place = target if path.is_file() else target / file.relative_to(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place)


def parents(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def matches(name: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatch.fnmatch(name.rpartition("/")[2], pattern[3:])
    return "/" not in name and fnmatch.fnmatch(name, pattern)


class Build:
    """The stages of a Dockerfile, carried out below *folder*."""

    def __init__(self, root: Path, folder: Path) -> None:
        if os.getuid() != 0 or not shutil.which("unshare"):
            raise NoChrootError("Only the superuser can build in a chroot.")
        if Path(sys.base_prefix) == Path("/usr"):
            raise NoChrootError("The interpreter of the tests is part of Debian.")
        self.context = Context(root)
        self.folder = folder
        self.stages: list[Stage] = []

    def run(self) -> Stage:
        """Carry out all instructions; return the last stage."""
        text = (self.context.root / "Dockerfile").read_text()
        for keyword, arguments in instructions(text):
            carry_out = getattr(self, f"do_{keyword.lower()}", None)
            if carry_out is None:
                raise UnknownInstructionError(keyword)
            carry_out(arguments)
        return self.stages[-1]

    @property
    def stage(self) -> Stage:
        return self.stages[-1]

    def do_from(self, arguments: str) -> None:
        match = re.fullmatch(r"(\S+)(?: AS (\w+))?", arguments)
        if not match:
            raise UnknownInstructionError(f"FROM {arguments}")
        root = self.folder / f"stage-{len(self.stages)}"
        for name in FOLDERS:
            (root / name).mkdir(parents=True)
        (root / "tmp").chmod(0o1777)
        for name in LINKS:
            (root / name).symlink_to(f"usr/{name}")
        for name in (*COPIED, *NETWORK):
            source = Path("/etc", name)
            if source.is_dir():
                shutil.copytree(source, root / "etc" / name, symlinks=True)
            elif source.exists():
                shutil.copy(source, root / "etc" / name)
        stage = Stage(root, name=match[2] or "", base=match[1])
        # The interpreter was built for another folder.
        stage.env["LD_LIBRARY_PATH"] = "/usr/local/lib"
        stage.env["PATH"] = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin"
        self.stages.append(stage)

    def do_workdir(self, arguments: str) -> None:
        self.stage.folder = arguments
        (self.stage.root / arguments.lstrip("/")).mkdir(parents=True, exist_ok=True)

    def do_env(self, arguments: str) -> None:
        for pair in arguments.split():
            name, equals, value = pair.partition("=")
            if not equals or "$" in value or '"' in value:
                raise UnknownInstructionError(f"ENV {pair}")
            self.stage.env[name] = value

    def do_user(self, arguments: str) -> None:
        self.stage.user = arguments

    def do_expose(self, arguments: str) -> None:
        if not arguments.isdigit():
            raise UnknownInstructionError(f"EXPOSE {arguments}")

    def do_copy(self, arguments: str) -> None:
        options, rest = options_of(arguments, {"from"})
        *sources, target = rest.split()
        place = self.stage.root / Path(self.stage.folder, target).as_posix().lstrip("/")
        into_folder = target.endswith("/")
        for source in sources:
            name = Path(source).name
            if "from" in options:
                named = {stage.name: stage for stage in self.stages}
                path = named[options["from"]].root / source.lstrip("/")
                shutil.copytree(path, place, symlinks=True, dirs_exist_ok=True)
            else:
                self.context.copy(source, place / name if into_folder else place)

    def do_run(self, arguments: str) -> None:
        arguments = options_of(arguments, set())[1]
        result = self.inside(["/bin/sh", "-c", arguments], builds=True)
        if result.returncode:
            raise RuntimeError(f"RUN {arguments}\n{result.stdout}")

    def do_cmd(self, arguments: str) -> None:
        self.stage.command = json.loads(arguments)

    def do_healthcheck(self, arguments: str) -> None:
        known = {"interval", "timeout", "start-period", "retries"}
        rest = options_of(arguments, known)[1]
        keyword, command = rest.split(maxsplit=1)
        if keyword != "CMD":
            raise UnknownInstructionError(f"HEALTHCHECK {keyword}")
        self.stage.healthcheck = json.loads(command)

    def inside(
        self, command: list[str], *, builds: bool
    ) -> subprocess.CompletedProcess:
        return subprocess.run(
            self.arguments(command, builds=builds),
            env=self.environment(builds=builds),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def environment(self, *, builds: bool) -> dict[str, str]:
        """Return the variables of the stage; during the build, those of the index."""
        passed = {k: v for k, v in os.environ.items() if builds and PASSED_ON.match(k)}
        return passed | {"HOME": "/root" if builds else "/"} | self.stage.env

    def arguments(
        self, command: list[str], *, builds: bool, var: Path | None = None
    ) -> list[str]:
        """Return the command line that runs *command* in the stage.

        A container of the finished image has a read-only root, an empty /tmp and the
        folder *var* as its volume.
        """
        stage, root = self.stage, str(self.stage.root)
        mounts = [
            f"mount --rbind /usr {root}/usr",
            f"mount --bind {sys.base_prefix} {root}/usr/local",
            f"mount --rbind /dev {root}/dev",
            f"mount -t proc proc {root}/proc",
        ]
        if builds:
            if CACHE.is_dir():
                (stage.root / "root/.cache/pip").mkdir(parents=True, exist_ok=True)
                mounts.append(f"mount --bind {CACHE} {root}/root/.cache/pip")
            for folder in os.environ.get("PIP_FIND_LINKS", "").split():
                if Path(folder).is_dir():
                    (stage.root / folder.lstrip("/")).mkdir(parents=True, exist_ok=True)
                    mounts.append(f"mount --bind {folder} {root}{folder}")
        else:
            mounts.insert(0, f"mount --bind {root} {root}")
            mounts.append(f"mount -o remount,ro,bind {root}")
            mounts.append(f"mount -t tmpfs tmpfs {root}/tmp")
            if var is not None:
                mounts.append(f"mount --bind {var} {root}/var/lib/newsroom")
        user = "" if builds and stage.user == "root" else f"--userspec={stage.user}"
        script = (
            "set -e; "
            + "; ".join(mounts)
            + f"; exec /usr/sbin/chroot {user} {root} /bin/sh -c"
            + f' \'cd "$0" && exec "$@"\' {stage.folder} "$@"'
        )
        return ["unshare", "--mount", "sh", "-c", script, "sh", *command]

"""Download and check of the Elasticsearch server and its Java.

The server is the small distribution that its makers publish on Maven Central for
integration tests. It is fetched once, checked against a pinned hash, and unpacked to
``var/elasticsearch/``, or to the temporary folder where the servers' account cannot
enter the project's own.
"""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import urllib.request
import zipfile
from pathlib import Path

from tests.servers.processes import ServerMissingError, can_reach

VERSION = "9.1.0"
ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch"
SHA512 = (
    "f1f89267fefa101963644d457561f5166c3d304e362edd4813fb990be5fd6c3f"
    "ef5300e6b3f04cbeafabfd36fa08e4bb73f6fc83f335dc81ea171ad8ec28d806"
)
# Named in full, so that no project file is needed.
MAVEN_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
OLDEST_JAVA = 21  # what Elasticsearch 9 is compiled for
FETCH_SECONDS = 900  # a hundred megabytes over a slow line

ROOT = Path(__file__).resolve().parents[2]
NAME = f"elasticsearch-{VERSION}"


def place() -> Path:
    """Return the folder of the server and of nodes started by hand."""
    if can_reach(ROOT):
        return ROOT / "var" / "elasticsearch"
    return Path(tempfile.gettempdir()) / "newsroom-elasticsearch"


def server(*, fetch: bool = False) -> Path:
    """Return the unpacked server, fetched first if asked. Raise ServerMissingError."""
    home = place() / NAME
    if not home.is_dir():
        if not fetch:
            raise ServerMissingError(
                "Elasticsearch is not here: scripts/servers.sh gets it"
            )
        place().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place(), prefix="fetch-") as folder:
            archive = checked(fetch_archive(Path(folder)))
            unpack(archive, Path(folder) / "unpacked", home)
    return home


def fetch_archive(folder: Path) -> Path:
    """Bring the archive by Maven and the user's settings for it, else by HTTP.

    ELASTICSEARCH_ZIP names a copy at hand; MAVEN_REPOSITORY the address
    of a repository, for machines without Maven.
    """
    if at_hand := os.environ.get("ELASTICSEARCH_ZIP"):
        return Path(at_hand)
    archive = folder / f"{NAME}.zip"
    if maven := shutil.which("mvn"):
        run_maven(maven, folder)
    else:
        base = os.environ.get("MAVEN_REPOSITORY", "").rstrip("/")
        if not base:
            raise ServerMissingError(
                "Elasticsearch is fetched by Maven: install it (on Debian: apt-get"
                " install maven), or name a copy with ELASTICSEARCH_ZIP, or the address"
                " of a Maven repository with MAVEN_REPOSITORY"
            )
        path = ARTIFACT.replace(".", "/").replace(":", "/")
        try:
            urllib.request.urlretrieve(f"{base}/{path}/{VERSION}/{NAME}.zip", archive)
        except OSError as error:
            raise ServerMissingError(
                f"Elasticsearch cannot be fetched: {error}"
            ) from error
    return archive


def run_maven(maven: str, folder: Path) -> None:
    command = [
        *(maven, "--batch-mode", "--quiet", "-Dstyle.color=never", MAVEN_GOAL),
        f"-Dartifact={ARTIFACT}:{VERSION}:zip",
        f"-DoutputDirectory={folder}",
    ]
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=FETCH_SECONDS
    )
    if result.returncode:
        cause = (result.stdout + result.stderr).strip().partition("\n")[0]
        raise ServerMissingError(f"Maven cannot fetch Elasticsearch: {cause}")


def checked(archive: Path) -> Path:
    """Return the archive if it is the pinned one. Raise ServerMissingError."""
    with archive.open("rb") as content:
        if hashlib.file_digest(content, "sha512").hexdigest() != SHA512:
            raise ServerMissingError(f"{archive} is not what was pinned")
    return archive


def unpack(archive: Path, folder: Path, home: Path) -> None:
    """Unpack for every account to read; the last step is one rename."""
    with zipfile.ZipFile(archive) as content:
        content.extractall(folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    place().chmod(0o755)
    if not home.is_dir():
        (folder / NAME).rename(home)


def java() -> Path:
    """Return the home of the newest JDK. Raise ServerMissingError if none will do."""
    candidates = [*Path("/usr/lib/jvm").glob("*")]
    if named := os.environ.get("JAVA_HOME"):
        candidates.append(Path(named))
    if found := shutil.which("java"):
        candidates.append(Path(found).resolve().parents[1])
    versions = {java_version(home): home for home in candidates}
    newest = max(versions, default=0)
    if newest < OLDEST_JAVA:
        raise ServerMissingError(
            f"Elasticsearch needs Java {OLDEST_JAVA} or later: set JAVA_HOME to one"
        )
    return versions[newest]


def java_version(home: Path) -> int:
    """Return the major version of a JDK from its ``release`` file, else 0."""
    release = home / "release"
    if not (home / "bin" / "java").is_file() or not release.is_file():
        return 0
    told = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE)
    return int(told.group(1)) if told else 0

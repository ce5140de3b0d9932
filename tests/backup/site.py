"""A site in processes of its own, with a database and folders that a test gives it."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 600.0

PICTURE = """
import io
from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images import get_image_model

def picture(title):
    data = io.BytesIO()
    Pillow.new("RGB", (64, 48), "teal").save(data, "PNG")
    file = ImageFile(io.BytesIO(data.getvalue()), name="photo.png")
    return get_image_model().objects.create(title=title, file=file)
"""


@dataclass(slots=True)
class Site:
    """The URL of the database and the folder of a site, and more of its environment."""

    database: str
    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen] = field(default_factory=list)

    def start(self, *arguments: str) -> subprocess.Popen:
        self.folder.mkdir(parents=True, exist_ok=True)
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=os.environ
            | {
                "DATABASE_URL": self.database,
                "TEST_DATABASE_URLS": "",
                "ELASTICSEARCH_URL": "",
                "VAR_DIR": str(self.folder),
                "DJANGO_SETTINGS_MODULE": "newsroom.settings.development",
                "PYTHONPATH": str(ROOT),
            }
            | self.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.started.append(process)
        return process

    def close(self) -> None:
        """Kill the processes that a failed test has left."""
        for process in self.started:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run Python with these arguments; return its output."""
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == code, output
        return output

    def manage(self, *arguments: str, code: int = 0) -> str:
        return self.run("manage.py", *arguments, code=code)

    def script(self, code: str, *arguments: str) -> subprocess.Popen:
        setup = "import django; django.setup()\n"
        return self.start("-c", setup + PICTURE + code, *arguments)

    def answer(self, code: str, *arguments: str) -> str:
        """Run a script to its end; return what it prints."""
        process = self.script(code, *arguments)
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 0, output
        return output

    @property
    def archives(self) -> list[Path]:
        return sorted((self.folder / "backups").glob("newsroom-*.tar.gz*"))

    @property
    def archive(self) -> Path:
        """The newest archive."""
        found = [path for path in self.archives if path.suffix != ".sha256"]
        return found[-1]

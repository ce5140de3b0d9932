"""compose.yaml gives every service limits, few rights, and no secret."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from newsroom.settings.environment.values import known_names

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "compose.yaml").read_text("utf-8")
FILE = yaml.safe_load(TEXT)
SERVICES = FILE["services"]
SITE = ("web", "worker", "upgrade")


def test_the_whole_site_is_there():
    assert set(SERVICES) == {"caddy", "postgresql", "elasticsearch", *SITE}
    assert SERVICES["elasticsearch"]["profiles"] == ["elasticsearch"]
    assert not any(
        "profiles" in SERVICES[name] for name in {*SERVICES} - {"elasticsearch"}
    )


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_limits_and_few_rights(name):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is (name != "elasticsearch")
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["stop_grace_period"]
    assert service["restart"] == ("no" if name == "upgrade" else "unless-stopped")
    assert "privileged" not in service
    if name in SITE:
        assert "cap_add" not in service
        assert service["tmpfs"]
    else:
        assert "SYS_ADMIN" not in service.get("cap_add", [])


@pytest.mark.parametrize("name", sorted({*SERVICES} - {*SITE}))
def test_the_image_of_a_server_is_pinned_and_its_health_is_checked(name):
    assert re.fullmatch(r"[a-z]+:\d+(\.\d+)+", SERVICES[name]["image"])
    assert SERVICES[name]["healthcheck"]["test"]


def test_only_the_proxy_answers_other_machines():
    for name, service in SERVICES.items():
        for port in service.get("ports", []):
            assert name == "caddy" or port.startswith("127.0.0.1:")


def test_the_site_starts_after_its_upgrade_and_this_after_the_database():
    for name in ("web", "worker"):
        condition = SERVICES[name]["depends_on"]["upgrade"]["condition"]
        assert condition == "service_completed_successfully"
    needed = SERVICES["upgrade"]["depends_on"]["postgresql"]["condition"]
    assert needed == "service_healthy"
    assert SERVICES["caddy"]["depends_on"]["web"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", SITE)
def test_a_command_of_the_site_is_understood(name):
    command = SERVICES[name].get("command")
    if command is None:  # that of the image
        assert name == "web"
        return
    _python, program, subcommand, *arguments = command
    assert program == "manage.py"
    app = get_commands()[subcommand]
    parser = load_command_class(app, subcommand).create_parser("manage.py", subcommand)
    parser.parse_args(arguments)


def test_the_upgrade_leaves_the_files_of_the_image_and_lets_a_new_site_start():
    command = SERVICES["upgrade"]["command"]
    assert command[2:] == ["finish_upgrade", "--without-files", "--before-start"]


def test_web_and_worker_share_a_folder_in_memory_for_metrics():
    user = re.search(r"--uid (\d+)", (ROOT / "Dockerfile").read_text("utf-8"))[1]
    for name in ("web", "worker"):
        folder = SERVICES[name]["environment"]["METRICS_DIR"]
        assert f"metrics:{folder}" in SERVICES[name]["volumes"]
    options = FILE["volumes"]["metrics"]["driver_opts"]
    assert (options["type"], options["device"]) == ("tmpfs", "tmpfs")
    # newsroom.observability.shared_metrics refuses the folder of another user.
    assert f"uid={user}," in options["o"]
    assert "mode=0700" in options["o"]


def test_volumes_and_variables_exist():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in FILE["volumes"] or (ROOT / source).exists()
    assert set(SERVICES["web"]["environment"]) <= set(known_names())


def test_no_secret_has_a_default():
    for name, rest in re.findall(r"\$\{(\w+)([^}]*)\}", TEXT):
        if "PASSWORD" in name or "KEY" in name:
            assert rest.startswith(":?"), name
        else:
            assert rest.startswith((":-", ":?")), name

"""The script `bekal`: what it says, and when it makes the environment anew."""

import ast
import importlib.machinery
import importlib.util
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from bekal.config.paths import REPOSITORY

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def script():
    loader = importlib.machinery.SourceFileLoader("bekal_script", str(REPOSITORY / "bekal"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


@pytest.fixture
def environment(script, tmp_path):
    return script.Environment("run", str(tmp_path))


def make_believe(environment):
    """An environment that looks made."""
    bin_folder = environment.folder + "/bin"
    shutil.os.makedirs(bin_folder)
    for path, text in [(environment.python, ""), (environment.stamp, environment.fingerprint())]:
        Path(path).write_text(text)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_what_bekal_needs(script, version):
    assert "Bekal needs Python 3.11 or newer" in script.version_problem(version)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1)])
def test_a_new_python_is_taken(script, version):
    assert script.version_problem(version) is None


def test_an_old_python_can_read_the_script_at_all():
    source = (REPOSITORY / "bekal").read_text()
    tree = ast.parse(source, feature_version=(3, 3))
    assert not any(isinstance(node, ast.JoinedStr) for node in ast.walk(tree)), "an f-string"


def test_a_full_disk_is_said_with_what_is_free_and_what_is_needed(script, environment, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(0, 0, 50 * 1024 * 1024))
    with pytest.raises(script.Problem, match=r"50 MB free and Bekal needs 700 MB"):
        environment.make()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("error: failed: No space left on device (os error 28)", "The disk became full"),
        ("[Errno -3] Temporary failure in name resolution", "cannot be reached"),
        ("Failed to establish a new connection: [Errno 101]", "cannot be reached"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "THESE PACKAGES DO NOT MATCH THE HASHES"),
    ],
)
def test_a_failed_installation_is_explained(script, output, sentence):
    assert sentence in script.sentence_for(output, "setup.log")


def test_a_made_environment_is_used_again(environment):
    make_believe(environment)
    assert environment.is_fresh()


def test_a_changed_lock_makes_the_environment_anew(environment, tmp_path):
    make_believe(environment)
    environment.lock = str(tmp_path / "changed.lock")
    (tmp_path / "changed.lock").write_text("django==9.9\n")
    assert not environment.is_fresh()


def test_a_half_made_environment_is_never_used(environment):
    make_believe(environment)
    shutil.os.remove(environment.stamp)
    assert not environment.is_fresh()


def test_uv_is_replaced_by_pip_where_it_fails(script, environment, monkeypatch):
    commands = []

    def run(command):
        commands.append(command)
        return (1, "no such option") if command[0].endswith("/uv") else (0, "")

    monkeypatch.setattr(environment, "run", run)
    environment.install(["python", "-m", "pip"])
    assert commands[-1][-1] == environment.lock
    assert "--require-hashes" in commands[-1]


def test_a_python_without_ensurepip_uses_its_own_pip(script, environment, monkeypatch):
    def run(command):
        has_ensurepip = "venv" not in command or "--without-pip" in command
        return (0, "") if has_ensurepip else (1, "ensurepip is not available")

    monkeypatch.setattr(environment, "run", run)
    assert environment.make_empty()[-2:] == ["--python", environment.python]

"""The embedded PostgreSQL: made aside, found by short and long paths, refused by a full disk."""

import os
import shutil
import subprocess
from collections import namedtuple

import pytest

from bekal.config import paths
from bekal.config.console import Problem
from bekal.config.embedded import server as module
from bekal.config.embedded.server import Server
from bekal.config.embedded.use import opened
from tests.ground.demo_process import bekal

Usage = namedtuple("Usage", "total used free")


def test_a_full_disk_is_said_before_anything_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**9, 10**9, 0))
    with pytest.raises(Problem, match="The disk is too full"):
        Server(tmp_path / "postgres").make()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("mebibytes", [5])
def test_a_disk_that_becomes_full_is_said_and_leaves_no_half_made_database(
    tmp_path, monkeypatch, mebibytes
):
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(small)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        monkeypatch.setattr(module, "require_space", lambda *_args, **_kwargs: None)
        with pytest.raises(Problem, match="the disk is full"):
            Server(small / "postgres").make()
        assert not (small / "postgres").exists()
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.slow
def test_a_deep_data_directory_gets_its_socket_elsewhere(tmp_path):
    deep = tmp_path / ("a-rather-long-folder-name-" * 4)
    with opened(deep, testing=True) as first:
        assert not first.joined
        assert str(deep) not in first.url
        with opened(deep, testing=True) as second:
            assert second.joined
            assert second.url == first.url
        assert Server(deep / "postgres").answers()
    assert not Server(deep / "postgres").answers()


@pytest.mark.slow
def test_what_an_interrupted_first_start_left_is_made_anew(tmp_path):
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")
    with opened(tmp_path, testing=True) as found:
        assert not found.joined
    note = tmp_path / "postgres" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{tmp_path}/postgres\n0\n5432\n\n\n")  # ours, no PostgreSQL
    with opened(tmp_path, testing=True) as found:
        assert not found.joined


@pytest.mark.slow
def test_database_url_is_honoured_and_nothing_embedded_is_started(tmp_path):
    done = bekal(
        "manage",
        "shell",
        "--no-imports",
        "-c",
        "from django.db import connection as c; print(c.settings_dict['NAME'])",
        DATABASE_URL="postgres://bekal@localhost/elsewhere",
        DJANGO_SETTINGS_MODULE="bekal.config.settings.test",
        BEKAL_HOME=str(tmp_path),
    )
    assert done.stdout.strip() == "elsewhere", done.stderr
    assert not (tmp_path / "data").exists()


def test_enough_room_is_no_problem(tmp_path):
    paths.require_space(tmp_path, mebibytes=0)

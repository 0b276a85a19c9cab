"""The demo as a person meets it: started twice, killed, stopped."""

import os
import signal
import socket

import psutil
import pytest

from bekal.config.serving import is_healthy
from tests.ground.demo_process import Demo, bekal, free_port, postmaster, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("ground") / "data"


@pytest.fixture(scope="module")
def demo(data):
    running = Demo(data, free_port()).start()
    yield running
    running.stop()


def note(demo, text):
    with demo.server.connect("bekal") as connection:
        connection.execute("create table if not exists note (text text)")
        connection.execute("insert into note values (%s)", [text])


def notes(demo):
    with demo.server.connect("bekal") as connection:
        return {text for (text,) in connection.execute("select text from note")}


def test_a_second_demo_on_the_same_port_says_where_bekal_runs(demo):
    second = bekal("demo", "--data", demo.data, "--port", demo.port)
    assert second.returncode == 0
    assert f"already running at http://127.0.0.1:{demo.port}" in second.stdout


def test_a_demo_on_another_port_joins_and_its_end_leaves_the_first_one_running(demo):
    second = Demo(demo.data, free_port()).start()
    assert "joined it" in second.output
    assert second.stop() == 0
    assert is_healthy(demo.port)


def test_a_port_that_another_program_has_is_said_in_a_sentence(demo):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = bekal("demo", "--data", demo.data, "--port", port)
    assert refused.returncode == 1
    assert f"Port {port} cannot be used" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


def test_the_applications_role_is_no_superuser_and_makes_no_databases(demo):
    with demo.server.connect() as connection:
        rights = connection.execute(
            "select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles"
            " where rolname = 'bekal'"
        ).fetchone()
        owner = connection.execute(
            "select pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datlocale"
            " from pg_database where datname = 'bekal'"
        ).fetchone()
    assert rights == (False, False, False, False)
    assert owner == ("bekal", "UTF8", "C.UTF-8")


def test_check_finds_nothing_broken_in_a_running_demo(demo):
    checked = bekal("check", "--data", demo.data)
    assert checked.returncode == 0, checked.stdout
    assert "Everything holds." in checked.stdout


def test_a_killed_postgresql_comes_back_under_the_running_demo_with_its_data(demo):
    note(demo, "before the server was killed")
    os.kill(postmaster(demo.data), signal.SIGKILL)
    wait_for(lambda: "running again" in demo.output)
    wait_for(lambda: is_healthy(demo.port))
    assert "before the server was killed" in notes(demo)


def test_killed_streams_come_back_under_the_running_demo(demo):
    assert is_healthy(demo.stream_port)
    children = psutil.Process(demo.process.pid).children()
    (streams,) = (one for one in children if "bekal.config.asgi:application" in one.cmdline())
    os.killpg(streams.pid, signal.SIGKILL)
    wait_for(lambda: "streams of live pages were gone" in demo.output)
    wait_for(lambda: is_healthy(demo.stream_port))


def test_after_kill_9_of_everything_a_new_start_recovers_without_help(tmp_path):
    demo = Demo(tmp_path / "data", free_port()).start()
    note(demo, "before everything was killed")
    everything = [demo.process.pid, postmaster(demo.data)]
    everything += [child.pid for child in psutil.Process(demo.process.pid).children(recursive=True)]
    for number in everything:
        os.kill(number, signal.SIGKILL)
    demo.kill()
    assert (demo.data / "postgres" / "postmaster.pid").exists()

    demo.start()
    assert "before everything was killed" in notes(demo)
    assert demo.stop() == 0
    assert not (demo.data / "postgres" / "postmaster.pid").exists()


def test_a_killed_demo_leaves_no_server_on_its_port(demo):
    second = Demo(demo.data, free_port()).start()
    second.kill()
    wait_for(lambda: not is_healthy(second.port))
    assert is_healthy(demo.port)

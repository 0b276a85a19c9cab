"""Child processes: run to the end with their output kept, or kept running and stopped."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

_PR_SET_PDEATHSIG = 1
_PATIENCE_SECONDS = 15
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Finished:
    """How a command ended, with all that it said."""

    code: int
    output: str


def finish(
    command: Sequence[str | Path],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    user: int | None = None,
) -> Finished:
    """Run a command to its end, as another OS user if one is given (root alone can do that).

    Its output goes through a file: a server that it leaves running would hold a pipe open.
    """
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(  # noqa: S603 - the commands are Bekal's own
            [str(part) for part in command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            group=pwd.getpwuid(user).pw_gid if user is not None else None,
            extra_groups=[] if user is not None else None,
            check=False,
        )
        output.seek(0)
        return Finished(done.returncode, output.read().decode(errors="replace"))


def _die_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a command running for the length of the block, then ask it to stop, then make it."""
    child = subprocess.Popen(  # noqa: S603 - the commands are Bekal's own
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - no threads have been started by then
    )
    try:
        yield child
    finally:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(_PATIENCE_SECONDS)
        # Whatever is left of it and of its own children, also where it was killed by others.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


class Kept:
    """A child process that is started again whenever `revive` finds that it has ended."""

    def __init__(self, command: Sequence[str], stack: ExitStack) -> None:
        self._command = command
        self._stack = stack
        self.child = stack.enter_context(running(command))

    def revive(self) -> bool:
        """Start it again if it has ended; whether it had."""
        if self.child.poll() is None:
            return False
        self._stack.close()
        self.child = self._stack.enter_context(running(self._command))
        return True


@contextmanager
def kept(command: Sequence[str]) -> Iterator[Kept]:
    """As `running`, for a child whose end is no reason to end."""
    with ExitStack() as stack:
        yield Kept(command, stack)


def _stop(number: int, _frame: FrameType | None) -> None:
    # Only once: a second Ctrl-C must not break off the orderly end that the first one began.
    for other in _STOPPING:
        signal.signal(other, signal.SIG_IGN)
    raise KeyboardInterrupt(signal.Signals(number).name)


def stop_on_signals() -> None:
    """Let SIGTERM and SIGHUP end the command as Ctrl-C does, so that everything is closed."""
    for number in _STOPPING:
        signal.signal(number, _stop)

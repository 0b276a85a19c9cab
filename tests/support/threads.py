"""Real threads that start together, each with its own connection."""

import threading

from django.db import connection


def at_once(count, work):
    """Run `work(index)` in `count` threads that start together; returns what they returned."""
    answers, gate = [], threading.Barrier(count)

    def run(index):
        gate.wait()
        try:
            answers.append(work(index))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers

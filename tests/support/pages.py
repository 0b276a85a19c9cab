"""What pages say to a person, for tests."""

import html
import re


def words(answer):
    """A page without its markup, with single blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def as_read(answer):
    """The same as a person reads it: a quotation mark for its entity, and so on."""
    return html.unescape(words(answer))

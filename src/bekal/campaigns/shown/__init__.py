"""How the picture of a campaign is laid out for people: widths, heights, scales, words.

Speaks the language that is active. Widths and heights are texts of percent for attributes of
drawings, because the pages carry no styles in themselves.
"""

from bekal.campaigns.shown.page import Shown, title_of

__all__ = ["Shown", "title_of"]

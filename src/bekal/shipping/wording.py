"""How the name of a place is written for being found, and how what people type is read. Pure."""

import re
import unicodedata

MOST_WORDS = 6
LONGEST = 100
_NO_WORD = re.compile(r"[^a-z0-9]+")
KINDS = {"kab", "kota"}
"""Words that say what a regency is; the first to be passed over when nothing has them all."""
_SILENT = {"kec", "kecamatan", "prov", "provinsi", "propinsi", "indonesia"}
_READ_AS = {
    "kabupaten": "kab",
    "kodya": "kota",
    "kep": "kepulauan",
    "gn": "gunung",
    "jogja": "yogyakarta",
    "yogya": "yogyakarta",
    "jogjakarta": "yogyakarta",
    "diy": "di yogyakarta",
    "dki": "dki jakarta",
    "jakpus": "kota jakarta pusat",
    "jakut": "kota jakarta utara",
    "jakbar": "kota jakarta barat",
    "jaksel": "kota jakarta selatan",
    "jaktim": "kota jakarta timur",
    "sumut": "sumatera utara",
    "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan",
    "kepri": "kepulauan riau",
    "babel": "kepulauan bangka belitung",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
    "kalbar": "kalimantan barat",
    "kalteng": "kalimantan tengah",
    "kalsel": "kalimantan selatan",
    "kaltim": "kalimantan timur",
    "kaltara": "kalimantan utara",
    "sulut": "sulawesi utara",
    "sulteng": "sulawesi tengah",
    "sulsel": "sulawesi selatan",
    "sultra": "sulawesi tenggara",
    "sulbar": "sulawesi barat",
    "malut": "maluku utara",
}
"""What people shorten, and how the names of the source have it."""


def plain(text: str) -> str:
    """Lower-case words between single blanks, without accents: "Ra'as (Raas)" is "raas raas"."""
    bare = unicodedata.normalize("NFKD", text.lower()).replace("'", "").replace("\u2019", "")
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", bare).strip()


def search_text(*parts: str) -> str:
    """What is looked in: the words of the parts, a blank before and after each."""
    return f" {' '.join(word for part in parts if (word := plain(part)))} "


def words_of(text: str) -> list[str]:
    """The words to look for, each once: "Kec. Mantikulore, PALU" is mantikulore and palu."""
    typed = plain(text[:LONGEST]).split()
    read = " ".join(_READ_AS.get(word, word) for word in typed if word not in _SILENT).split()
    return list(dict.fromkeys(read))[:MOST_WORDS]

"""Every page at every width: for everyone's eyes and fingers, within its weight, without a scroll
sideways. axe looks for what WCAG 2.2 AA asks and a machine can see.
"""

import gzip

from axe_playwright_python.sync_playwright import Axe

from bekal.catalogue.models import Product
from bekal.opendata.actions import load_claims
from tests.browser.steps import (
    DAYS,
    LIST,
    NABIRE,
    TOKENS,
    fill_sale,
    fill_token,
    record_page,
    sell,
)
from tests.browser.visitor import DESK, PHONE, TABLET_EDGE
from tests.support.world import NOON, SETUP

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDTHS = (TABLET_EDGE, PHONE, DESK)
KIB = 1024
LIMITS = {".html": 20 * KIB, ".css": 14 * KIB, ".js": 21 * KIB, ".woff2": 18 * KIB}
MOST_SHIFT = 0.02
# Where no font of the machine can stand in for ours, pages move as they move for nobody.
SHIFTED = """new Promise(told => {
  const pen = document.createElement('canvas').getContext('2d');
  const width = font => (pen.font = `100px "${font}"`, pen.measureText('Selama').width);
  if (width('PJS fallback') === width('no such font')) return told(0);
  let sum = 0;
  new PerformanceObserver(seen => seen.getEntries().forEach(one => {
    if (!one.hadRecentInput) sum += one.value;
  })).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(sum), 60);
})"""
LOADED = "[...new Set(performance.getEntriesByType('resource').map(one => one.name))]"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OUTSIDE = """[...document.querySelectorAll('main *')].filter(e =>
  e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.nav')).slice(0, 3)
  .map(e => e.tagName + '.' + e.className)"""

SQUEEZED = """[...document.querySelectorAll('main svg[width]')].filter(e => {
  const width = e.getBoundingClientRect().width;
  return 0 < width && width < e.getAttribute('width') / 2;
}).slice(0, 3).map(e => e.parentElement.className + ' ' + e.parentElement.innerText.slice(0, 30))"""
# A field too narrow for a digit, or a word of a button on two lines.
CRUSHED = """[...document.querySelectorAll('main :is(button, .btn, input, select, textarea)')]
  .filter(e => {
    if (!e.checkVisibility() || ['hidden', 'radio', 'checkbox'].includes(e.type)) return false;
    if (e.matches('input, select, textarea')) return e.clientWidth < 20 && e.tabIndex >= 0;
    const line = document.createRange();
    return [...e.childNodes].some(node => node.nodeType === 3
      && /^\\s*\\S+\\s*$/.test(node.data)
      && (line.selectNodeContents(node), line.getClientRects().length > 1));
  }).slice(0, 3).map(e => e.name || e.innerText)"""


def violations(page):
    """What axe finds in a page; its script is laid beside the page once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return page.evaluate("rules => axe.run(rules).then(found => found.violations)", RULES)


class Inspector:
    """Looks at the page that a visitor has open, and keeps what is wrong as sentences."""

    def __init__(self, visitor):
        self.visitor, self.faults = visitor, []
        self.weights = {}

    def look(self, name, path="", *, status=200):
        """Judge the page at a path, or the one that is open, at each width."""
        page = self.visitor.page
        if path:
            answer = self.visitor.open(path)
            if answer.status != status:
                self.faults.append(f"{name}: answered {answer.status}")
            if (shift := page.evaluate(SHIFTED)) > MOST_SHIFT:
                self.faults.append(f"{name}: moves by {shift:.3f} while it loads")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            self._judge_layout(f"{name} at {width}", page)
        if path:
            self._judge_weight(name, answer.body())

    def _judge_layout(self, where, page):
        if page.evaluate(WIDER) > 0:
            self.faults.append(f"{where}: scrolls sideways {page.evaluate(OUTSIDE)}")
        if squeezed := page.evaluate(SQUEEZED):
            self.faults.append(f"{where}: squeezes the sign of {squeezed}")
        if crushed := page.evaluate(CRUSHED):
            self.faults.append(f"{where}: crushes {crushed}")
        for one in violations(page):
            nodes = [node["html"][:120] for node in one["nodes"][:3]]
            self.faults.append(f"{where}: {one['id']} {nodes}")

    def _judge_weight(self, name, document):
        files = self.visitor.page.evaluate(LOADED)
        weights = {".html": [len(gzip.compress(document, 9))]}
        for url in files:
            weights.setdefault(f".{url.rsplit('.', 1)[-1]}", []).append(self._weight(url))
        for kind, limit in LIMITS.items():
            if not 0 < sum(weights.get(kind, [])) <= limit:
                self.faults.append(f"{name}: {kind} weighs {weights.get(kind)}, not up to {limit}")
        if len(weights.get(".css", [])) > 1:
            self.faults.append(f"{name}: more than one stylesheet")

    def _weight(self, url):
        """Bytes on the way; a font is compressed in itself."""
        if url not in self.weights:
            body = self.visitor.context.request.get(url).body()
            self.weights[url] = len(body if url.endswith("woff2") else gzip.compress(body, 9))
        return self.weights[url]

    def report(self):
        """Fail with one line for each fault."""
        assert not self.faults, "\n" + "\n".join(dict.fromkeys(self.faults))


def test_a_planted_fault_is_found(visit):
    stranger = visit()
    seen = Inspector(stranger)
    stranger.open("/masuk/")
    stranger.page.evaluate("""() => {
      document.querySelector("label").remove();
      document.querySelector("h1").style.width = "2000px";
      document.querySelector("main").insertAdjacentHTML("beforeend", '<svg width="18"></svg>');
      document.querySelector("main > svg").style.width = "3px";
      document.querySelector("[name=login]").style.width = "0";
    }""")
    seen.look("sign-in without a label")
    found = {fault.split(":")[1].split()[0] for fault in seen.faults}
    assert found == {"scrolls", "label", "squeezes", "crushes"}


def test_the_pages_of_strangers(visit):
    seen = Inspector(visit())
    seen.look("home", "/")
    seen.look("sign-in", "/masuk/")
    seen.visitor.press("Masuk", inside="main")
    seen.look("sign-in with errors")
    seen.look("style", "/gaya/")
    seen.look("404", "/tidak-ada/", status=404)
    seen.report()


def test_the_pages_of_visitors(visit):
    seen = Inspector(visit())
    for prefix in ("", "/en"):
        for path in ("/", "/bengkel/", "/tentang/", "/aksesibilitas/", "/privasi/", "/api/"):
            seen.look(f"{prefix}{path}", f"{prefix}{path}")
    seen.look("no workshop", "/bengkel/?cari=tidak+ada")
    seen.look("workshop", "/bengkel/lapas-kelas-iib-nabire/")
    seen.report()


def test_the_pages_of_tokens(visit, people):
    markus = visit(people.markus)
    seen = Inspector(markus)
    seen.look("tokens", TOKENS)
    markus.press("Buat kunci")
    seen.look("tokens with errors")
    fill_token(markus, people.yohana)
    markus.press("Buat kunci")
    seen.look("token made")
    seen.look("tokens with one", TOKENS)
    seen.report()


def test_the_open_data_with_all_real_claims(visit):
    load_claims(by=SETUP, now=NOON)
    seen = Inspector(visit())
    seen.look("data", "/data/")
    seen.look("method", "/data/metode/")
    seen.look("history", "/data/riwayat/")
    seen.look("history in English", "/en/data/riwayat/?halaman=2")
    seen.report()


def test_the_pages_of_an_officer(visit, world, people):
    yohana = visit(people.yohana)
    receipt = sell(yohana, world.noken)
    seen = Inspector(yohana)
    seen.look("desk", NABIRE)
    seen.look("record", record_page())
    yohana.press("Periksa dahulu")
    seen.look("record with errors")
    fill_sale(yohana, world.coffee)
    yohana.press("Periksa dahulu")
    seen.look("check")
    seen.look("receipt", receipt)
    seen.look("receipt just saved", f"{receipt}?tersimpan=jual")
    seen.look("void", f"{receipt}batal/")
    yohana.open(receipt)
    yohana.follow("Mengapa sebesar ini?")
    seen.look("why", yohana.page.url.removeprefix(yohana.address))
    seen.look("sales list", LIST)
    seen.look("days", DAYS)
    seen.look("403", f"{receipt}kembali/", status=403)
    seen.look("password", "/akun/sandi/")
    seen.report()


def test_the_pages_of_the_catalogue(visit, world, people):
    noken = f"{NABIRE}produk/{Product.objects.get(pk=world.noken).code}/"
    yohana = visit(people.yohana)
    seen = Inspector(yohana)
    seen.look("product list", f"{NABIRE}produk/")
    seen.look("product", noken)
    seen.look("price", f"{noken}harga/")
    yohana.press("Simpan harga")
    seen.look("price with errors")
    seen.look("cost", f"{noken}harga-pokok/")
    seen.look("new product", f"{NABIRE}produk/baru/")
    seen.look("price sheet", f"{NABIRE}produk/impor/")
    seen.report()


def test_the_pages_of_money(visit, world, people):
    receipt = sell(visit(people.yohana), world.noken)
    siti = visit(people.siti)
    seen = Inspector(siti)
    seen.look("refund", f"{receipt}kembali/")
    siti.press("Periksa dahulu")
    seen.look("refund with errors")
    siti.page.locator("[data-stepper] input").fill("1")
    siti.pick("Barang kembali")
    siti.page.get_by_label("Alasan").fill("Jahitannya lepas")
    siti.press("Periksa dahulu")
    seen.look("refund to check")
    siti.press("Simpan pengembalian Rp100.000")
    seen.look("receipt after a refund")
    seen.look("balances", f"{NABIRE}bagi-hasil/saldo/")
    seen.look("cash box", f"{NABIRE}bagi-hasil/saldo/kas/")
    seen.look("rules", f"{NABIRE}bagi-hasil/")
    seen.report()


def test_the_pages_of_choosing_a_rule(visit, people):
    markus = visit(people.markus)
    seen = Inspector(markus)
    seen.look("adopt", f"{NABIRE}bagi-hasil/pilih/")
    markus.press("Periksa dahulu")
    seen.look("adopt with errors")
    markus.page.locator("input[name=code]").first.check(force=True)
    markus.page.get_by_label("Dasar hukum").fill("Keputusan Kalapas Nabire 7/2026")
    markus.press("Periksa dahulu")
    seen.look("adopt, before and after")
    seen.report()


def test_the_pages_of_turnover(visit, watch, world, people):
    sell(visit(people.yohana), world.noken)
    dewi = visit(people.dewi)
    seen = Inspector(dewi)
    seen.look("choice of a unit", "/kerja/")
    seen.look("nation", "/omzet/nasional/")
    seen.look("kanwil", "/omzet/kanwil-papua/")
    seen.look("unit", "/omzet/lapas-kelas-iib-nabire/")
    href = dewi.page.locator("main tbody th a").first.get_attribute("href")
    seen.look("day", href)
    seen.look("impossible period", "/omzet/nasional/?dari=besok", status=422)
    seen.report()

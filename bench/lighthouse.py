"""Lighthouse on the pages of a running demo: mobile, median of three, one page after the other.

    ./bekal demo &
    npm install --no-save --ignore-scripts --prefix /tmp/lighthouse lighthouse@12
    python -m bench.lighthouse http://127.0.0.1:8000 /tmp/lighthouse/node_modules/.bin/lighthouse

Needs Node and chromium. The sign-in of the demo opens the officer's page. The score of performance
swings with the load of the machine; the others do not.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bekal.config.console import say
from bekal.config.demo.signins import SIGN_INS

RUNS = 3
CHROMIUM = "/usr/bin/chromium"
FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
AUDITS = {
    "LCP s": ("largest-contentful-paint", 1000),
    "CLS": ("cumulative-layout-shift", 1),
    "TBT ms": ("total-blocking-time", 1),
}


def places(base):
    """The pages by name; the officer's with the cookie of a session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{base}/katalog/")
        product = page.locator("main a[href^='/p/']").first.get_attribute("href")
        workshop = page.goto(f"{base}{product}") and page.locator(
            "main a[href^='/bengkel/']"
        ).first.get_attribute("href")
        page.goto(f"{base}/langsung/")
        live = page.locator("main a[href^='/langsung/']").first.get_attribute("href")
        shop = shopping(page, base)
        officer = next(each for each in SIGN_INS if each.role == "petugas")
        page.goto(f"{base}/masuk/")
        page.fill("input[name=login]", officer.email)
        page.fill("input[name=password]", officer.password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/kerja/**")
        record = page.url.rstrip("/") + "/penjualan/catat/"
        cookie = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
        browser.close()
    return {
        "home": (f"{base}/", ""),
        "catalogue": (f"{base}/katalog/", ""),
        "product": (f"{base}{product}", ""),
        "unit": (f"{base}{workshop}", ""),
        "live": (f"{base}{live}", ""),
        **shop,
        "institutions": (f"{base}/lembaga/", ""),
        "services": (f"{base}/jasa/", ""),
        "sign-in": (f"{base}/masuk/", ""),
        "record sale": (record, cookie),
    }


def shopping(page, base):
    """The pages of a guest with a basket, with the guest's own cookie."""
    page.goto(f"{base}/katalog/?stok=siap")
    page.goto(base + page.locator("main a[href^='/p/']").first.get_attribute("href"))
    page.locator("main form[action='/keranjang/tambah/'] button[type=submit]").last.click()
    page.goto(f"{base}/keranjang/")
    page.locator("main button[value=lanjut]").click()
    page.wait_for_url("**/pesan/**")
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    page.context.clear_cookies()
    return {"basket": (f"{base}/keranjang/", cookie), "address": (page.url, cookie)}


def look(lighthouse, url, cookie):
    """One report of Lighthouse."""
    with tempfile.TemporaryDirectory() as folder:
        headers = Path(folder) / "headers.json"
        headers.write_text(json.dumps({"Cookie": cookie} if cookie else {}))
        report = Path(folder) / "report.json"
        command = [lighthouse, url, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--extra-headers={headers}", f"--chrome-flags={FLAGS}"]
        subprocess.run(
            command,
            check=True,
            env={"CHROME_PATH": CHROMIUM, "PATH": "/usr/bin:/bin:/usr/local/bin"},
        )
        return json.loads(report.read_text())


def main(base, lighthouse):
    """Print the medians of each page, and what cost it points."""
    for name, (url, cookie) in places(base).items():
        reports = [look(lighthouse, url, cookie) for _ in range(RUNS)]
        medians = [
            round(100 * statistics.median(r["categories"][kind]["score"] or 0 for r in reports))
            for kind in ("performance", "accessibility", "best-practices", "seo")
        ]
        times = {
            word: round(statistics.median(r["audits"][a]["numericValue"] for r in reports) / by, 2)
            for word, (a, by) in AUDITS.items()
        }
        say(f"{name:12} {' / '.join(map(str, medians)):22} {times}")
        for kind in ("accessibility", "best-practices", "seo"):
            for ref in reports[0]["categories"][kind]["auditRefs"]:
                audit = reports[0]["audits"][ref["id"]]
                if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                    say(f"    {kind}: {audit['title']}")


if __name__ == "__main__":
    main(*sys.argv[1:])

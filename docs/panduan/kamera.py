"""The camera of the guides: a person's browser window on a demo, and pictures that stay small."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

HERE = Path(__file__).resolve().parent / "gambar"
README = HERE.parents[1] / "gambar"
UNIT = "/kerja/lapas-kelas-iib-merauke/"
PASSWORD = "bekal-demo-2026"  # noqa: S105 - the demo shows it at /masuk/contoh/
PHONE, DESK = 390, 1280
LARGEST = 80 * 1024
QUALITIES = (80, 70, 60, 50, 40, 30)
_CODE = re.compile(r"kodenya sekarang\s+(\d{6})")


class Camera:
    """One person's browser window."""

    def __init__(self, browser: Browser, address: str, *, width: int, who: str = "") -> None:
        """Open it, and sign in where a person is named."""
        self.page: Page = browser.new_page(
            base_url=address,
            viewport={"width": width, "height": 820},
            reduced_motion="reduce",
            locale="id-ID",
        )
        if who:
            self.page.goto("/masuk/")
            self.page.get_by_label("Email atau NIP").fill(f"{who}@contoh.test")
            self.page.get_by_label("Kata sandi").fill(PASSWORD)
            self.page.locator("main button[type=submit]").click()
            self.page.wait_for_load_state()
            self._confirm()

    def _confirm(self) -> None:
        """Type the code of the second factor, which the demo shows for its made-up telephones."""
        if shown := _CODE.search(self.page.locator("main").inner_text()):
            self.page.get_by_label("Kode").first.fill(shown[1])
            self.page.locator("main form button[type=submit]").first.click()
            self.page.wait_for_load_state()

    def open(self, path: str) -> None:
        """Go to a page of the demo."""
        self.page.goto(path)

    def press(self, value: str) -> None:
        """Press the button that sends this value."""
        self.page.locator(f"button[value={value}]").click()
        self.page.wait_for_load_state()

    def take(self, name: str, *, height: int = 820, see: str = "", folder: Path = HERE) -> None:
        """Take the top of the page, or from `see` downwards, in the best quality that fits."""
        size = self.page.viewport_size or {"width": PHONE}
        self.page.set_viewport_size({"width": size["width"], "height": height})
        top = "(e) => scrollTo(0, e.getBoundingClientRect().top + scrollY - 24)"
        self.page.locator(see or "body").first.evaluate(top if see else "() => scrollTo(0, 0)")
        for quality in QUALITIES:
            picture = self.page.screenshot(type="jpeg", quality=quality)
            if len(picture) <= LARGEST:
                break
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.jpg").write_bytes(picture)

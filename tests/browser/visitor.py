"""A person at a browser: opens pages, types, presses; what the console complains of is kept."""

from contextlib import suppress

from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Error

from tests.browser.people import PASSWORD

PHONE, TABLET_EDGE, DESK = 390, 320, 1280
"""Widths in CSS pixels; 320 is also what 400 % zoom leaves of a screen."""
EXPECTED = ("422", "403", "404", "409", "429")
"""Answers that a browser reports on its console although the page meant them."""


class Visitor:
    """One browser context with one page; `complaints` must stay empty."""

    def __init__(self, browser, address, *, width=PHONE, javascript=True, motion="reduce"):
        self.address = address
        self.context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 844},
            java_script_enabled=javascript,
            locale="id-ID",
            reduced_motion=motion,
        )
        self.context.set_default_timeout(8_000)
        self.complaints = []
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message):
        is_meant = "/static/" not in message.location.get("url", "") and any(
            f"responded with a status of {code}" in message.text for code in EXPECTED
        )
        if message.type in {"error", "warning"} and not is_meant:
            self.complaints.append(message.text)

    def open(self, path):
        """Go to an address of the platform."""
        return self.page.goto(path)

    def sign_in(self, someone, *, typed=None, password=PASSWORD):
        """Sign in; officers by NIP, others by e-mail, unless something else is typed."""
        self.open("/masuk/")
        self.page.get_by_label("Email atau NIP").fill(typed or someone.nip or someone.email)
        self.page.get_by_label("Kata sandi").fill(password)
        self.press("Masuk", inside="main")
        self._confirm()
        return self

    def _confirm(self):
        """Whoever signs in has given the code of their telephone too, as far as money asks."""
        cookies = {one["name"]: one["value"] for one in self.context.cookies()}
        kept = SessionStore(cookies.get("bekal_session"))
        if "_auth_user_id" in kept:
            kept["confirmed_at"] = 2**40
            kept.save()

    def press(self, name, *, inside="body"):
        """Press the button with this name, and wait for the page that follows."""
        self.page.locator(inside).get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def follow(self, name, *, inside="main"):
        """Follow the first link with this name."""
        self.page.locator(inside).get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def pick(self, name):
        """Choose the tile with this name."""
        self.page.get_by_role("radio", name=name).check(force=True)

    def text(self, selector="main"):
        """The words of a part of the page, as one line."""
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def value(self, name):
        """What stands in the field of this name."""
        return self.page.locator(f"[name={name}]").first.input_value()

    def leave(self):
        """Close the browser window."""
        with suppress(Error):
            self.context.close()

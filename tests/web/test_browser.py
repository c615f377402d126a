"""The pages in a real Chromium: nothing breaks the policy, nothing overflows a phone, the forms work by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from aluevahti.model import Subscriber, SubscriptionState

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAGES = ("/", "/changes?all=1", "/regions/keski-uusimaa", "/regions/kainuu?lang=sv", "/subscribe?lang=en", "/nothing")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium of the system's; none is downloaded."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed; `apt-get install chromium` brings one")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(params=[390, 1200])
def tab(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A tab as wide as a phone or a desk, that collects what the browser complains of."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, locale="fi-FI")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def address(site: Any, path: str) -> str:
    return f"http://127.0.0.1:{site.client.base_url.port}{path}"


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_the_screen_and_break_no_rule(site: Any, tab: Any, path: str) -> None:
    answer = tab.goto(address(site, path))

    expected = 404 if path == "/nothing" else 200
    assert answer.status == expected
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]
    assert tab.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor") == "rgb(15, 47, 87)"
    assert [one for one in tab.complaints if "404" not in one] == []


def test_nothing_that_can_be_pressed_is_too_small_for_a_finger(site: Any, tab: Any) -> None:
    tab.goto(address(site, "/"))

    heights = tab.evaluate(
        "[...document.querySelectorAll('.tile, button, select, nav a')].map(one => one.offsetHeight)"
    )

    assert min(heights) >= 24  # WCAG 2.2, 2.5.8


def test_a_reader_unsubscribes_by_keyboard(fresh: Any, tab: Any) -> None:
    reader = fresh.store.add_subscriber(Subscriber(email="a@example.org", state=SubscriptionState.CONFIRMED), fresh.now)
    tab.goto(address(fresh, f"/unsubscribe/{reader.token}"))
    assert fresh.store.subscriber("a@example.org").state is SubscriptionState.CONFIRMED

    tab.focus("main button")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=Tilaus on peruttu")

    assert fresh.store.subscriber("a@example.org").state is SubscriptionState.UNSUBSCRIBED
    assert tab.complaints == []


def test_a_reader_confirms_with_a_press(fresh: Any, tab: Any) -> None:
    reader = fresh.store.add_subscriber(Subscriber(email="a@example.org"), fresh.now)
    tab.goto(address(fresh, f"/confirm/{reader.confirm_token}?lang=sv"))

    tab.click("main button")
    tab.wait_for_selector("text=Prenumerationen är bekräftad")

    assert fresh.store.subscriber("a@example.org").state is SubscriptionState.CONFIRMED


def test_changes_are_narrowed_with_the_form_and_the_language_stays(site: Any, tab: Any) -> None:
    tab.goto(address(site, "/changes?lang=sv"))

    tab.select_option("#region", "satakunta")
    tab.click("form.filter button")
    tab.wait_for_url("**region=satakunta**")

    assert tab.locator("html").get_attribute("lang") == "sv"
    assert tab.locator(".happening").count() == 1


def test_the_proof_of_a_value_opens_without_a_script(site: Any, tab: Any) -> None:
    tab.goto(address(site, "/regions/keski-uusimaa"))
    proof = tab.locator(".field", has_text="Avustusmalli").locator("details").first
    assert not proof.locator("blockquote").is_visible()

    proof.locator("summary").click()

    assert proof.locator("blockquote").is_visible()


def test_dark_is_dark(site: Any, browser: Any) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address(site, "/"))

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()

    assert ground == "rgb(18, 22, 28)"

"""The console in a real browser: what people do with it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.devhost.console.conftest import PLUGIN, Development, write_plugin

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURE = Path(__file__).parents[3] / "docs" / "images" / "console.png"
HOSTILE = '<img src=x onerror="document.title=666"><script>document.title=666</script>'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Development]:
    running = Development(write_plugin(tmp_path_factory.mktemp("plugin") / "helpdesk"), "--memory")
    running.wait_for("started")
    yield running
    running.close()


@pytest.fixture
def look(browser: Browser, running: Development) -> Iterator[Callable[..., Page]]:
    """Open the console as somebody, in a window of its own; a script's error fails the test."""
    contexts, problems = [], []

    def look(view: str = "", *, person: str = "", width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 760}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{running.url}/console/{view}?token={running.token}")
        if person:
            be(page, person)
        return page

    yield look
    for context in contexts:
        context.close()
    assert problems == []


def message_box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Message")


def be(page: Page, person: str) -> None:
    """Act as somebody from now on."""
    page.get_by_label("Act as").select_option(person)
    page.get_by_role("combobox", name=f"Message Town Square as {person}").wait_for()


def say(page: Page, text: str) -> None:
    message_box(page).fill(text)
    message_box(page).press("Enter")


def post(page: Page, text: str) -> Locator:
    return (
        page.get_by_role("list", name="Posts", exact=True).get_by_role("listitem").filter(has_text=text).last
    )


def test_two_people_talk_and_one_is_refused(look: Callable[..., Page]) -> None:
    ann, bob = look(person="ann"), look(person="bob")
    say(ann, "teh printer is **broken**")
    post(bob, "the printer is broken").wait_for()
    assert post(bob, "the printer").locator("strong").inner_text() == "broken"
    say(bob, "my password is hunter2")
    bob.get_by_text("No passwords here, please.").wait_for()
    assert message_box(bob).input_value() == "my password is hunter2"  # to be put right
    say(bob, "on my way")
    post(ann, "on my way").wait_for()
    assert "hunter2" not in ann.content()


def test_what_is_said_while_a_channel_is_read(look: Callable[..., Page]) -> None:
    ann, bob = look(person="ann"), look(person="bob")
    say(ann, "said before")
    post(bob, "said before").wait_for()

    def answer_late(route: Route) -> None:
        page = route.fetch()
        say(ann, "said meanwhile")
        post(bob, "said meanwhile").wait_for()
        route.fulfill(response=page)

    bob.route("**/channels/*/posts?per_page=100", answer_late, times=1)
    with bob.expect_response("**/channels/*/posts?per_page=100") as answer:
        bob.get_by_role("list", name="Channels").get_by_role("button", name="Town Square").click()
    answer.value.finished()
    bob.evaluate("new Promise((done) => setTimeout(done, 50))")  # the page takes it in
    assert post(bob, "said meanwhile").count() == 1


def test_a_thread_a_reaction_and_a_file(look: Callable[..., Page], tmp_path: Path) -> None:
    ann, bob = look(person="ann"), look(person="bob")
    notes = tmp_path / "notes.txt"
    notes.write_text("What was agreed.")
    ann.get_by_label("Attach files").first.set_input_files(notes)
    ann.get_by_role("list", name="Files to send").get_by_text("notes.txt").first.wait_for()
    say(ann, "the minutes")
    theirs = post(bob, "the minutes")
    theirs.hover()
    theirs.get_by_role("button", name="React", exact=True).click()
    theirs.get_by_role("button", name="React with tada").click()
    post(ann, "the minutes").get_by_role("button", name="tada, 1: bob").wait_for()
    with bob.expect_download() as download:
        theirs.get_by_role("button", name="notes.txt").click()
    assert download.value.suggested_filename == "notes.txt"
    assert Path(download.value.path()).read_text() == "What was agreed."
    theirs.hover()
    theirs.get_by_role("button", name="Reply").click()
    bob.get_by_role("combobox", name="Reply as bob").fill("thanks")
    bob.get_by_role("combobox", name="Reply as bob").press("Enter")
    post(ann, "the minutes").get_by_role("button", name="1 reply").click()
    replies = ann.get_by_role("list", name="Posts of the thread")
    replies.get_by_text("thanks").wait_for()
    theirs.get_by_role("button", name="tada, 1: bob").click()
    post(ann, "the minutes").get_by_role("list", name="Reactions").wait_for(state="detached")


def test_own_posts_are_edited_and_deleted_and_people_talk_in_private(look: Callable[..., Page]) -> None:
    ann, bob = look(person="ann"), look(person="bob")
    say(ann, "first words")
    post(ann, "first words").hover()
    post(ann, "first words").get_by_role("button", name="Edit").click()
    ann.get_by_label("Edit the message").fill("second words")
    ann.get_by_label("Edit the message").press("Enter")
    post(bob, "second words").get_by_text("edited").wait_for()
    post(ann, "second words").hover()
    post(ann, "second words").get_by_role("button", name="Delete").click()
    post(bob, "second words").wait_for(state="detached")
    assert (
        not bob.get_by_role("button", name="Delete").count() or bob.get_by_text("second words").count() == 0
    )
    bob.get_by_role("list", name="Direct messages").get_by_role("button", name="ann").click()
    bob.get_by_role("combobox", name="Message ann as bob").fill("between us")
    bob.get_by_role("combobox", name="Message ann as bob").press("Enter")
    ann.get_by_role("list", name="Direct messages").locator("button.unread", has_text="bob").click()
    post(ann, "between us").wait_for()


def test_a_command_a_dialog_a_button_and_a_menu(look: Callable[..., Page]) -> None:
    ann, bob = look(person="ann"), look(person="bob")
    message_box(ann).press_sequentially("/tick")
    option = ann.get_by_role("option", name="/ticket")
    option.wait_for()
    assert "Open a ticket" in option.inner_text()
    message_box(ann).press("Enter")
    message_box(ann).press_sequentially("new")
    message_box(ann).press("Enter")
    post(ann, "One moment.").get_by_text("only visible to you").wait_for()
    dialog = ann.get_by_role("dialog")
    dialog.get_by_label("Title").fill("a bad title")
    dialog.get_by_role("button", name="Open").click()
    dialog.get_by_text("Say it nicely.").wait_for()
    dialog.get_by_label("Title").fill("Printer on fire")
    dialog.get_by_role("button", name="Open").click()
    dialog.wait_for(state="hidden")
    assert not bob.get_by_role("dialog").is_visible()  # it was ann's
    card = post(bob, "Printer on fire")
    card.get_by_label("Priority").select_option("high")
    post(bob, "Priority: high").wait_for()
    card.get_by_role("button", name="Take it").click()
    post(ann, "Printer on fire: taken by bob").wait_for()
    post(bob, "It is yours.").wait_for()
    assert ann.get_by_text("It is yours.").count() == 0


def test_a_call_is_replayed_after_the_code_has_changed(
    look: Callable[..., Page], running: Development
) -> None:
    page = look("trace")
    chat = look(person="ann")
    say(chat, "teh replayed one")
    row = (
        page.get_by_role("list", name="Hook calls").get_by_role("button").filter(has_text="teh replayed one")
    )
    row.click()
    detail = page.get_by_role("region", name="Call")
    assert detail.locator("ins").inner_text() == "the replayed one"
    detail.get_by_text("kv_set").wait_for()
    detail.get_by_text("looked at a post").wait_for()
    try:
        running.save(PLUGIN.replace('"the"', '"THE"'))
        reloaded = running.wait_for("reloaded")
        print(f"live after {reloaded['ms']} ms")
        page.get_by_text(re.compile(r"Live after \d+ ms")).wait_for()
        page.get_by_role("button", name="Replay", exact=True).click()
        assert page.get_by_role("region", name="Now").locator("ins").inner_text() == "THE replayed one"
        assert page.get_by_role("region", name="Then").locator("ins").inner_text() == "the replayed one"
        page.get_by_label("Text").fill("nobody has said this")
        page.get_by_text("No call is like that.").wait_for()
    finally:
        running.save(PLUGIN)
        running.wait_for("reloaded")


def test_a_save_is_live_within_a_second_and_a_broken_one_is_shown(
    look: Callable[..., Page], running: Development
) -> None:
    page = look(person="ann")
    times = []
    for word in ("one", "two", "three"):
        running.save(PLUGIN.replace('"the"', f'"{word}"'))
        times.append(running.wait_for("reloaded")["ms"])
        say(page, f"teh save {word}")
        post(page, f"{word} save {word}").wait_for()
    print(f"live after {times} ms")
    assert min(times) < 1000
    running.save("def (")
    alert = page.locator("#problem")
    alert.filter(has_text="SyntaxError").wait_for()
    page.get_by_role("status").filter(has_text="last good version").first.wait_for()
    say(page, "teh last good one")
    post(page, "three last good one").wait_for()
    running.save(PLUGIN)
    alert.wait_for(state="hidden")


def test_values_are_changed_and_expire(look: Callable[..., Page], running: Development) -> None:
    page = look("kv")
    page.get_by_role("button", name="New value").click()
    page.get_by_role("textbox", name="Key", exact=True).fill("made:here")
    page.get_by_role("textbox", name="Value").fill('{"a": 1}')
    page.get_by_label("Expires in seconds").fill("3600")
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("list", name="Keys").get_by_role("button").filter(has_text="made:here")
    row.get_by_text(re.compile("left")).wait_for()
    page.get_by_label("hex").check()
    area = page.get_by_role("textbox", name="Value")
    assert area.input_value().startswith("7b 22 61 22")
    area.fill("7b 7d")
    page.get_by_role("button", name="Save").click()
    row.get_by_text("{}").wait_for()
    http = running.client()
    assert http.get("/console/api/kv/value", params={"key": "made:here"}).json()["base64"] == "e30="
    page.get_by_label("Key contains").fill("made:")
    page.get_by_text("1 value", exact=True).wait_for()
    page.get_by_role("button", name="Delete").click()
    page.get_by_text("No key contains that.").wait_for()
    assert http.get("/console/api/kv/value", params={"key": "made:here"}).status_code == 404


def test_the_plugin_its_settings_and_its_log(look: Callable[..., Page]) -> None:
    page = look("plugin")
    page.get_by_role("row").filter(has_text="message_will_be_posted").get_by_text("may reject").wait_for()
    page.get_by_label("Greeting").fill("Hello")
    page.get_by_role("button", name="Save settings").click()
    page.get_by_text("Settings saved").wait_for()
    page.reload()
    page.get_by_label("Greeting").wait_for()
    assert page.get_by_label("Greeting").input_value() == "Hello"
    page.get_by_role("button", name="Disable").click()
    page.get_by_text("is disabled").wait_for()
    page.get_by_role("button", name="Enable").click()
    page.get_by_text("runs, process").wait_for()
    log = look("log")
    lines = log.get_by_role("list", name="Log lines")
    chat = look(person="ann")
    say(chat, "something to log")
    lines.get_by_text("looked at a post").last.wait_for()
    log.get_by_label("Level from").select_option("error")
    lines.get_by_text("looked at a post").first.wait_for(state="detached")


def test_hostile_names_are_text(look: Callable[..., Page], running: Development, tmp_path: Path) -> None:
    page = look(person="ann")
    title = page.title()
    http = running.client()
    value = {"key": HOSTILE, "base64": "PGltZyBzcmM9eCBvbmVycm9yPWFsZXJ0KDEpPg=="}
    assert http.put("/console/api/kv/value", json=value).status_code == 200
    token = http.post("/api/v4/users/login", json={"login_id": "admin", "password": "Mattermost-1"}).headers[
        "Token"
    ]
    me = {"Authorization": f"Bearer {token}"}
    team = http.get("/api/v4/teams/name/team", headers=me).json()
    named = {
        "team_id": team["id"],
        "name": "hostile",
        "display_name": HOSTILE[:64],
        "header": HOSTILE,
        "type": "O",
    }
    channel = http.post("/api/v4/channels", json=named, headers=me).json()
    ann = http.get("/api/v4/users/username/ann", headers=me).json()
    http.post(f"/api/v4/channels/{channel['id']}/members", json={"user_id": ann["id"]}, headers=me)
    props = {
        "override_username": HOSTILE,
        "attachments": [
            {
                "title": HOSTILE,
                "text": HOSTILE,
                "actions": [{"name": HOSTILE, "integration": {"url": "javascript:alert(1)"}}],
            }
        ],
    }
    body = {"channel_id": channel["id"], "message": f"{HOSTILE} [x](javascript:alert(1))", "props": props}
    assert http.post("/api/v4/posts", json=body, headers=me).status_code == 201
    page.get_by_role("list", name="Channels").get_by_role("button").filter(has_text="<img").click()
    post(page, HOSTILE).wait_for()
    evil = tmp_path / "<img src=x onerror=alert(1)>.txt"
    evil.write_text(HOSTILE)
    page.get_by_label("Attach files").first.set_input_files(evil)
    page.get_by_role("list", name="Files to send").get_by_text("onerror").first.wait_for()
    say(page, "with a file")
    post(page, "with a file").get_by_role("button", name="onerror").wait_for()
    assert page.locator("main img").count() == 0
    assert page.locator("main a[href^='javascript:']").count() == 0
    assert page.title() == title
    for view, text in (("trace", HOSTILE), ("kv", HOSTILE), ("log", "")):
        other = look(view)
        if text:
            row = other.locator("button.row").filter(has_text="onerror").first
            row.click()
        assert other.locator("main img").count() == 0
        assert "666" not in other.title()


def until(page: Page, key: str, there: str) -> None:
    """Press a key until the focus is where it is wanted."""
    for _ in range(60):
        if page.evaluate(there):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to where {there}")


def test_keyboard_alone(look: Callable[..., Page]) -> None:
    page = look()
    message_box(page).wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "person"
    until(page, "Tab", "document.activeElement === document.querySelector('#composer textarea')")
    page.keyboard.type("typed alone")
    page.keyboard.press("Enter")
    post(page, "typed alone").wait_for()
    until(page, "Shift+Tab", "document.activeElement.id === 'posts'")
    page.keyboard.press("ArrowUp")
    until(page, "Tab", "document.activeElement.textContent === 'Reply'")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Reply as").wait_for()
    page.keyboard.type("and answered")
    page.keyboard.press("Enter")
    page.get_by_role("list", name="Posts of the thread").get_by_text("and answered").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("complementary", name="Thread").wait_for(state="hidden")


@pytest.mark.parametrize("view", ["", "trace", "kv", "plugin", "log"])
def test_a_narrow_window(look: Callable[..., Page], view: str) -> None:
    page = look(view, width=375)
    page.get_by_role("status").filter(has_text="running").first.wait_for()
    if view == "":
        page.get_by_role("button", name="Channels").click()
        page.get_by_label("Act as").select_option("bob")
        page.get_by_role("combobox", name="Message Town Square as bob").wait_for()
        say(page, "from a phone")
        post(page, "from a phone").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    for link in page.get_by_role("navigation").get_by_role("link").all():
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375


def contrast(page: Page, selector: str) -> float:
    """Of a text and what is behind it; WCAG asks for 4.5."""
    script = """(selector) => {
        const node = document.querySelector(selector);
        const parts = (text) => text.match(/[\\d.]+/g).map(Number);
        const light = (rgb) => { const [r, g, b] = rgb.map((one) => one / 255)
            .map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        let behind = node;
        while (behind && parts(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
        const two = [getComputedStyle(node).color, getComputedStyle(behind ?? document.body).backgroundColor];
        const [a, b] = two.map((text) => light(parts(text).slice(0, 3))).sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05); }"""
    return float(page.evaluate(script, selector))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(look: Callable[..., Page], scheme: str) -> None:
    page = look(color_scheme=scheme)
    message_box(page).wait_for()
    say(page, "see `this`")
    post(page, "see this").wait_for()
    red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
    assert (int(red) < 60) == (scheme == "dark")
    for selector in (
        ".post .text",
        ".by time",
        ".top nav a:not([aria-current])",
        "#state",
        ".side h2",
        ".primary",
    ):
        assert contrast(page, selector) >= 4.5, selector


def test_the_picture_in_the_readme(look: Callable[..., Page], tmp_path: Path) -> None:
    """Written over the one in docs with MMHOOKS_PICTURE=1."""
    ann, bob = look(person="ann"), look(person="bob")
    for page in (ann, bob):
        page.get_by_role("list", name="Channels").get_by_role("button", name="Off-Topic").click()
        page.get_by_role("combobox", name="Message Off-Topic").wait_for()
    say(ann, "Good morning! teh printer on the second floor is **on fire** again.")
    post(bob, "the printer on").hover()
    post(bob, "the printer on").get_by_role("button", name="React", exact=True).click()
    post(bob, "the printer on").get_by_role("button", name="React with eyes").click()
    bob.mouse.move(5, 5)
    say(bob, "On my way. `lpstat -p` says it is *idle*, which I doubt.")
    post(ann, "On my way.").wait_for()
    message_box(ann).fill("/ticket new")
    message_box(ann).press("Enter")
    ann.get_by_role("dialog").get_by_label("Title").fill("Printer on fire, second floor")
    ann.get_by_role("dialog").get_by_role("button", name="Open").click()
    post(bob, "second floor").get_by_role("button", name="Take it").wait_for()
    say(bob, "The password of its web page is hunter2")
    bob.get_by_text("No passwords here").wait_for()
    target = PICTURE if os.environ.get("MMHOOKS_PICTURE") else tmp_path / "console.png"
    target.parent.mkdir(exist_ok=True)
    bob.screenshot(path=target)
    assert target.stat().st_size > 20_000

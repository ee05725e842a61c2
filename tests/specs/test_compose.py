"""What packages declare about themselves is checked where it is declared."""

from collections.abc import Callable

import pytest
from attrs import frozen

from mmhooks.specs.compose import CommandSpec, JobSpec, RouteSpec, SettingsSpec, concatenate


@frozen
class Settings:
    words: str = ""


async def app(scope: object, receive: object, send: object) -> None: ...


def run() -> None: ...


def test_declarations_of_all_packages_are_put_together_in_order() -> None:
    links = CommandSpec(trigger="links", handler=run)
    audit = CommandSpec(trigger="audit", handler=run, help="Show the counts.")
    assert concatenate([[links], (), [audit]]) == [links, audit]


def test_what_is_right_is_taken() -> None:
    assert CommandSpec(trigger="my-links_2", handler=run).autocomplete is None
    assert RouteSpec("/audit", app).path == "/audit"
    assert JobSpec("sweep", 0.5, run).every == 0.5
    assert SettingsSpec(Settings).cls is Settings


@pytest.mark.parametrize("trigger", ["", "/links", "my links", "Links"])
def test_a_trigger_is_one_word_in_lower_case(trigger: str) -> None:
    with pytest.raises(ValueError, match="trigger"):
        CommandSpec(trigger=trigger, handler=run)


@pytest.mark.parametrize(
    "declare",
    [
        lambda: RouteSpec("audit", app),
        lambda: JobSpec("", 1, run),
        lambda: JobSpec("sweep", 0, run),
    ],
    ids=["path without slash", "no name", "no interval"],
)
def test_what_cannot_work_is_refused(declare: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"path|name|every"):
        declare()


@pytest.mark.parametrize("cls", [int, Settings()])
def test_settings_are_an_attrs_class(cls: object) -> None:
    with pytest.raises(TypeError, match="attrs class"):
        SettingsSpec(cls)  # type: ignore[arg-type]

"""Settings of several packages as one schema."""

from __future__ import annotations

import enum
from typing import Any, Literal

import attrs
import pytest

from mmhooks import SettingsSpec, hookimpl, setting
from mmhooks.errors import CompositionError
from mmhooks.runtime.extras import install, settings_schema
from mmhooks.runtime.manager import PluginManager, make_manager


class Package:
    def __init__(self, cls: type[Any]) -> None:
        self.cls = cls

    @hookimpl
    def register_settings(self):
        return [SettingsSpec(self.cls)]


def plugin(**packages: object) -> PluginManager:
    pm = make_manager()
    for name, package in packages.items():
        pm.register(package, name)
    return pm


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


@attrs.frozen
class Settings:
    greeting: str = setting("Hello", help="How newcomers are welcomed.")
    word_list: str = setting("", label="Words:", kind="longtext")
    is_on: bool = True
    limit: int | None = None
    mode: Literal["warn", "stop"] = "warn"
    colour: Colour = Colour.BLUE


def test_schema():
    assert settings_schema(plugin(a=Package(Settings))) == [
        {
            "key": "greeting",
            "display_name": "Greeting:",
            "type": "text",
            "help_text": "How newcomers are welcomed.",
            "default": "Hello",
        },
        {"key": "word_list", "display_name": "Words:", "type": "longtext", "help_text": "", "default": ""},
        {"key": "is_on", "display_name": "Is on:", "type": "bool", "help_text": "", "default": True},
        {"key": "limit", "display_name": "Limit:", "type": "number", "help_text": ""},
        {
            "key": "mode",
            "display_name": "Mode:",
            "type": "dropdown",
            "help_text": "",
            "default": "warn",
            "options": [{"display_name": v, "value": v} for v in ("warn", "stop")],
        },
        {
            "key": "colour",
            "display_name": "Colour:",
            "type": "dropdown",
            "help_text": "",
            "default": "blue",
            "options": [{"display_name": v, "value": v} for v in ("red", "blue")],
        },
    ]


def test_setting_is_the_default_of_its_field():
    assert Settings().greeting == "Hello"


def test_two_packages_with_one_setting_in_another_spelling():
    @attrs.frozen
    class Other:
        WordList: str = ""

    with pytest.raises(CompositionError, match="both have a setting named wordlist"):
        install(plugin(one=Package(Settings), two=Package(Other)))


def test_field_that_no_setting_can_hold():
    @attrs.frozen
    class Odd:
        words: list[str] = attrs.Factory(list)

    with pytest.raises(CompositionError, match=r"odd: register_settings: Odd\.words has a type"):
        install(plugin(odd=Package(Odd)))

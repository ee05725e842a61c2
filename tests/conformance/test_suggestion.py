"""What is offered to whoever types a slash command."""

import pytest

from mmhooks.api.models import AutocompleteArg, AutocompleteData, Command
from tests.conformance.test_rest import FORBIDDEN
from tests.conformance.world import refused


def data(trigger, *, role="system_user", **fields):
    return AutocompleteData(trigger=trigger, role_id=role, **fields)


def text(hint, **fields):
    return AutocompleteArg(
        type="TextInput", data={"Hint": hint, "Pattern": ""}, **{"required": True, **fields}
    )


def choice(*items, **fields):
    listed = [{"Item": item, "Hint": f"[{item}]", "HelpText": f"Take {item}"} for item in items]
    fields = {"required": True, **fields}
    return AutocompleteArg(type="StaticList", data={"PossibleArguments": listed}, **fields)


@pytest.fixture
def trigger(api, world):
    name = world.word("fruit")
    known = data(
        name,
        hint="[what]",
        help_text="About fruit",
        sub_commands=[
            data(
                "add",
                arguments=[choice("apple", "apple tree", "pear"), text("[how many]", help_text="A number")],
            ),
            data("admit", role="system_admin"),
            data(
                "find",
                arguments=[
                    text("[of whom]", name="owner"),
                    choice("red", "green", name="colour", required=False),
                ],
            ),
            data("plain", help_text="No more"),
            data(
                "sort",
                arguments=[choice("up", "down", required=False), choice("now", "later", required=False)],
            ),
        ],
    )
    api.register_command(
        Command(trigger=name, auto_complete=True, autocomplete_data=known, autocomplete_icon_data="data:x")
    )
    yield name
    api.unregister_command("", name)


def offered(person, team, typed):
    found = person.get(f"/teams/{team.id}/commands/autocomplete_suggestions", user_input=typed)
    return [(one["Complete"], one["Suggestion"], one["Hint"], one["Description"]) for one in found]


def test_a_trigger(api, ann, team, trigger):
    (found,) = ann.get(f"/teams/{team.id}/commands/autocomplete_suggestions", user_input=f"/{trigger[:-1]}")
    assert found == {
        "Complete": trigger,
        "Suggestion": trigger,
        "Hint": "[what]",
        "Description": "About fruit",
        "IconData": "data:x",
    }
    assert offered(ann, team, f"/{trigger.upper()}") == offered(ann, team, trigger)
    assert offered(ann, team, "/no-such-command") == []
    assert offered(ann, team, f"/{trigger}x y") == []


def test_commands_of_the_server(ann, team):
    assert ("shrug", "shrug") in [one[:2] for one in offered(ann, team, "/shr")]
    names = [one[0] for one in offered(ann, team, "/")]
    assert names == sorted(names)
    assert {"away", "me", "shrug"} <= set(names)


def test_commands_beneath(world, ann, team, trigger):
    def words(person, typed):
        return [one[1] for one in offered(person, team, f"/{trigger} {typed}")]

    assert words(ann, "") == ["add", "find", "plain", "sort"]
    assert words(world.admin, "") == ["add", "admit", "find", "plain", "sort"]
    assert words(world.admin, "AD") == ["add", "admit"]
    assert words(ann, "admit ") == words(ann, "plain ") == words(ann, "add")[1:] == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("add ", ["add apple", "add apple tree", "add pear"]),
        ("add ap", ["add apple", "add apple tree"]),
        ("add AP", ["add apple", "add apple tree"]),
        ("add grape", []),
        ("add pear ", ["add pear "]),
        ("add apple tree ", ["add apple tree "]),
        ("add pear  ", ["add pear  "]),
        ("add pear 12", ["add pear 12"]),
        ("add pear 12 ", []),
        ('add pear "twelve or', ['add pear "twelve or']),
        ('add pear "twelve" ', []),
        ("find ", ["find --owner "]),
        ("find --ow", ["find --owner "]),
        ("find --owner ", ["find --owner "]),
        ("find --owner bob", ["find --owner bob"]),
        ("find --owner bob ", ["find --owner bob --colour "]),
        ("find --owner bob --colour ", ["find --owner bob --colour red", "find --owner bob --colour green"]),
        ("find --owner bob --colour g", ["find --owner bob --colour green"]),
        ("find me", []),
        ("sort ", ["sort up", "sort down", "sort now", "sort later"]),
        ("sort d", ["sort down"]),
        ("sort up ", ["sort up now", "sort up later"]),
        ("sort up l", ["sort up later"]),
        ("sort later ", []),
        ("sort x ", []),
    ],
)
def test_arguments(ann, team, trigger, typed, expected):
    found = offered(ann, team, f"/{trigger} {typed}")
    assert [one[0] for one in found] == [f"{trigger} {one}" for one in expected]


def test_what_is_said_of_an_argument(ann, team, trigger):
    assert offered(ann, team, f"/{trigger} add p") == [(f"{trigger} add pear", "pear", "[pear]", "Take pear")]
    (given,) = offered(ann, team, f"/{trigger} add pear ")
    assert given[1:] == ("", "[how many]", "A number")


def test_who_is_refused(world, ann, team):
    path = f"/teams/{team.id}/commands/autocomplete_suggestions"
    assert refused(ann.get, path) == (400, "api.context.invalid_body_param.app_error")
    assert refused(world.person().get, path, user_input="/") == FORBIDDEN

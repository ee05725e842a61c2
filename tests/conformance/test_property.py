"""Properties: groups, fields, values. What the server's store refuses has a text and no id."""

import pytest

from mmhooks.api.models import (
    PropertyField,
    PropertyFieldSearchCursor,
    PropertyFieldSearchOpts,
    PropertyValue,
    PropertyValueSearchCursor,
    PropertyValueSearchOpts,
)
from tests.conformance.world import NOBODY, refused

PLAIN = (500, "")


@pytest.fixture
def group(api, world):
    return api.register_property_group(world.word("g"))


@pytest.fixture
def field(api, group):
    return api.create_property_field(
        PropertyField(group_id=group.id, name="colour", type="text", target_type="system")
    )


def value_of(field, target_id, value):
    return PropertyValue(
        group_id=field.group_id, field_id=field.id, target_id=target_id, target_type="user", value=value
    )


def test_a_group_is_registered_once(api, group):
    assert api.register_property_group(group.name).id == group.id
    assert api.get_property_group(group.name).id == group.id


def test_what_is_no_group(api):
    assert refused(api.register_property_group, "") == PLAIN
    assert refused(api.get_property_group, "none") == PLAIN


def test_a_new_field_is_completed(api, group):
    field = api.create_property_field(
        PropertyField(
            group_id=group.id, name="n", type="select", attrs={"options": [{"id": "1", "name": "x"}]}
        )
    )
    assert len(field.id) == 26
    assert field.create_at == field.update_at > 0
    assert field.delete_at == 0
    assert field.attrs == {"options": [{"id": "1", "name": "x"}]}
    assert api.get_property_field(group.id, field.id) == field
    assert api.get_property_field("", field.id) == field
    assert api.get_property_field_by_name(group.id, "", "n") == field


@pytest.mark.parametrize(
    "changes",
    [
        {"group_id": "no id"},
        {"name": ""},
        {"name": "n" * 256},
        {"type": "number"},
        {"type": ""},
        {"target_type": "t" * 256},
        {"target_id": "t" * 256},
        {"id": NOBODY},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_no_field(api, group, changes):
    good = PropertyField(group_id=group.id, name="n", type="text")
    assert refused(api.create_property_field, good.evolve(**changes)) == PLAIN


@pytest.mark.parametrize("kind", ["text", "select", "multiselect", "date", "user", "multiuser"])
def test_types_of_fields(api, group, kind):
    assert api.create_property_field(PropertyField(group_id=group.id, name="n", type=kind)).type == kind


def test_two_fields_of_a_name(api, group, field):
    again = PropertyField(group_id=group.id, name=field.name, type="text", target_type="system")
    assert refused(api.create_property_field, again) == PLAIN
    assert api.create_property_field(again.evolve(target_id=NOBODY)).name == field.name
    api.delete_property_field(group.id, field.id)
    assert api.create_property_field(again).id != field.id


def test_missing_fields(api, group, field):
    assert refused(api.get_property_field, group.id, NOBODY) == PLAIN
    assert refused(api.get_property_field, NOBODY, field.id) == PLAIN
    assert refused(api.get_property_fields, group.id, [field.id, NOBODY]) == PLAIN
    assert refused(api.get_property_field_by_name, group.id, "", "none") == PLAIN
    assert refused(api.delete_property_field, group.id, NOBODY) == PLAIN
    assert refused(api.delete_property_field, "", NOBODY) == PLAIN
    assert refused(api.update_property_field, group.id, field.evolve(id=NOBODY)) == PLAIN
    assert refused(api.update_property_field, NOBODY, field) == PLAIN
    assert refused(api.update_property_field, group.id, field.evolve(name="")) == PLAIN


def test_fields_are_updated_together_or_not_at_all(api, group, field):
    other = api.create_property_field(PropertyField(group_id=group.id, name="other", type="text"))
    assert (
        refused(api.update_property_fields, group.id, [other.evolve(name="new"), field.evolve(id=NOBODY)])
        == PLAIN
    )
    assert api.get_property_field(group.id, other.id).name == "other"
    changed = api.update_property_fields(group.id, [other.evolve(name="new"), field.evolve(type="date")])
    assert [one.name for one in changed] == ["new", "colour"]
    assert api.get_property_field(group.id, field.id).type == "date"
    assert changed[0].update_at >= other.update_at
    assert {one.id for one in api.get_property_fields(group.id, [other.id, field.id])} == {other.id, field.id}


def test_a_field_cannot_move_to_another_group(api, world, group, field):
    other = api.register_property_group(world.word("g"))
    changed = api.update_property_field("", field.evolve(group_id=other.id, name="kept"))
    assert changed.name == "kept"
    assert api.get_property_field("", field.id).group_id == group.id


def test_a_deleted_field_is_marked(api, group, field):
    value = api.create_property_value(value_of(field, NOBODY, "red"))
    api.delete_property_field(group.id, field.id)
    assert api.get_property_field(group.id, field.id).delete_at > 0
    assert api.get_property_value(group.id, value.id).delete_at > 0
    assert refused(api.get_property_field_by_name, group.id, "", field.name) == PLAIN


def test_fields_are_counted(api, group, field):
    api.create_property_field(
        PropertyField(group_id=group.id, name="a", type="text", target_type="channel", target_id=NOBODY)
    )
    assert api.count_property_fields(group.id, False) == 2
    assert api.count_property_fields_for_target(group.id, "channel", NOBODY, False) == 1
    api.delete_property_field(group.id, field.id)
    assert api.count_property_fields(group.id, False) == 1
    assert api.count_property_fields(group.id, True) == 2
    assert api.count_property_fields_for_target(group.id, "system", "", False) == 0
    assert api.count_property_fields_for_target(group.id, "system", "", True) == 1


def test_fields_are_searched_in_pages(api, group):
    made = [
        api.create_property_field(
            PropertyField(
                group_id=group.id, name=str(number), type="text", target_type="tt"[: number % 2 + 1]
            )
        )
        for number in range(5)
    ]
    made.sort(key=lambda one: (one.create_at, one.id))

    def search(**options):
        return [one.id for one in api.search_property_fields(group.id, PropertyFieldSearchOpts(**options))]

    ids = [one.id for one in made]
    assert search(per_page=10) == ids
    assert search(per_page=2) == ids[:2]
    cursor = PropertyFieldSearchCursor(property_field_id=ids[1], create_at=made[1].create_at)
    assert search(per_page=2, cursor=cursor) == ids[2:4]
    assert search(per_page=10, target_type="t") == [one.id for one in made if one.target_type == "t"]
    assert search(per_page=10, target_ids=[NOBODY]) == []
    api.delete_property_field(group.id, ids[0])
    assert search(per_page=10) == ids[1:]
    assert search(per_page=10, include_deleted=True) == ids
    assert search(per_page=10, since_update_at=made[-1].create_at + 1) == []


def test_searches_that_are_refused(api, group):
    fields, values = api.search_property_fields, api.search_property_values
    assert refused(fields, group.id, PropertyFieldSearchOpts(per_page=0)) == PLAIN
    assert refused(values, group.id, PropertyValueSearchOpts(per_page=0)) == PLAIN
    cursor = PropertyFieldSearchCursor(property_field_id="x", create_at=1)
    assert refused(fields, group.id, PropertyFieldSearchOpts(per_page=1, cursor=cursor)) == PLAIN
    other = PropertyValueSearchCursor(property_value_id=NOBODY, create_at=0)
    assert refused(values, group.id, PropertyValueSearchOpts(per_page=1, cursor=other)) == PLAIN


@pytest.mark.parametrize(
    "value", ["red", 7, 1.5, True, ["a", "b"], {"a": [1, {"b": None}]}, 'ü " \\'], ids=repr
)
def test_values_are_any_json(api, field, value):
    made = api.create_property_value(value_of(field, NOBODY, value))
    assert made.value == value
    assert made.create_at == made.update_at > 0
    assert api.get_property_value(field.group_id, made.id) == made


@pytest.mark.parametrize(
    "changes",
    [
        {"id": NOBODY},
        {"target_id": "x"},
        {"target_type": ""},
        {"target_type": "t" * 256},
        {"group_id": ""},
        {"field_id": "x"},
    ],
    ids=str,
)
def test_what_is_no_value(api, field, changes):
    assert refused(api.create_property_value, value_of(field, NOBODY, "x").evolve(**changes)) == PLAIN


def test_a_target_has_one_value_of_a_field(api, field, user):
    first = api.create_property_value(value_of(field, user.id, "red"))
    assert refused(api.create_property_value, value_of(field, user.id, "blue")) == PLAIN
    upserted = api.upsert_property_value(value_of(field, user.id, "green"))
    assert (upserted.id, upserted.value, upserted.create_at) == (first.id, "green", first.create_at)
    assert api.get_property_value(field.group_id, first.id).value == "green"


def test_values_are_upserted_together_or_not_at_all(api, field, user):
    good, bad = value_of(field, user.id, 1), value_of(field, "x", 2)
    assert refused(api.upsert_property_values, [good, bad]) == PLAIN
    found = api.search_property_values(field.group_id, PropertyValueSearchOpts(per_page=9))
    assert found == []
    both = api.upsert_property_values([good, value_of(field, NOBODY, 2)])
    assert [one.value for one in both] == [1, 2]
    assert api.upsert_property_values([]) == []


def test_values_are_updated(api, field, user):
    first = api.create_property_value(value_of(field, user.id, "red"))
    other = api.create_property_value(value_of(field, NOBODY, "blue"))
    changed = api.update_property_value(field.group_id, first.evolve(value="pink"))
    assert changed.value == "pink"
    assert changed.update_at >= first.update_at
    both = api.update_property_values(field.group_id, [first.evolve(value=1), other.evolve(value=2)])
    assert [one.value for one in both] == [1, 2]
    stored = api.get_property_values(field.group_id, [first.id, other.id])
    assert sorted(one.value for one in stored) == [1, 2]
    assert refused(api.update_property_value, field.group_id, first.evolve(id=NOBODY)) == PLAIN
    assert refused(api.update_property_value, NOBODY, first) == PLAIN
    assert refused(api.get_property_values, field.group_id, [first.id, NOBODY]) == PLAIN
    assert refused(api.get_property_value, NOBODY, first.id) == PLAIN


def test_values_are_searched(api, field, user):
    red = api.create_property_value(value_of(field, user.id, "red"))
    blue = api.create_property_value(value_of(field, NOBODY, "blue"))

    def search(**options):
        opts = PropertyValueSearchOpts(**{"per_page": 10, **options})
        return {one.id for one in api.search_property_values(field.group_id, opts)}

    assert search() == {red.id, blue.id}
    assert search(value="red") == {red.id}
    assert search(field_id=field.id) == {red.id, blue.id}
    assert search(field_id=NOBODY) == set()
    assert search(target_ids=[user.id]) == {red.id}
    assert search(target_type="user") == {red.id, blue.id}
    assert search(target_type="post") == set()
    assert len(search(per_page=1)) == 1
    api.delete_property_value(field.group_id, red.id)
    assert search() == {blue.id}
    assert search(include_deleted=True) == {red.id, blue.id}
    assert search(since_update_at=blue.update_at) == set()


def test_deleted_values(api, field, user):
    first = api.create_property_value(value_of(field, user.id, "red"))
    assert refused(api.delete_property_value, field.group_id, NOBODY) == PLAIN
    assert refused(api.delete_property_value, NOBODY, first.id) == PLAIN
    api.delete_property_value(field.group_id, first.id)
    assert api.get_property_value(field.group_id, first.id).delete_at > 0
    assert api.upsert_property_value(value_of(field, user.id, "blue")).id != first.id


def test_values_of_a_field_are_marked_and_those_of_a_target_forgotten(api, field, user):
    first = api.create_property_value(value_of(field, user.id, "red"))
    api.delete_property_values_for_field(field.group_id, field.id)
    assert api.get_property_value(field.group_id, first.id).delete_at > 0
    second = api.create_property_value(value_of(field, user.id, "blue"))
    api.delete_property_values_for_target(NOBODY, "user", user.id)
    assert api.get_property_value(field.group_id, second.id).delete_at == 0
    api.delete_property_values_for_target(field.group_id, "user", user.id)
    assert refused(api.get_property_value, field.group_id, second.id) == PLAIN
    assert refused(api.delete_property_values_for_target, field.group_id, "", user.id) == PLAIN
    api.delete_property_values_for_field(field.group_id, NOBODY)

"""Properties: groups of them, their fields, and the values that targets have.

The server passes on what its store says: errors have a text and status 500, and no id.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from mmhooks.api.models import (
    PropertyField,
    PropertyFieldSearchCursor,
    PropertyFieldSearchOpts,
    PropertyGroup,
    PropertyValue,
    PropertyValueSearchCursor,
    PropertyValueSearchOpts,
)
from mmhooks.devhost.api.base import Topic, first_wrong, plain
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.table import Table
from mmhooks.devhost.tables import PROPERTY_FIELDS, PROPERTY_GROUPS, PROPERTY_VALUES

_TYPES: Final = frozenset({"text", "select", "multiselect", "date", "user", "multiuser"})
_LONGEST: Final = 255
P = TypeVar("P", PropertyField, PropertyValue)
_Condition = tuple[bool, str, list[Any]]


class PropertyTopic(Topic):
    """Properties: groups of them, their fields, and the values that targets have."""

    def register_property_group(self, name: str) -> PropertyGroup:
        if not name:
            raise plain("a group of properties needs a name")
        self.store.execute("INSERT OR IGNORE INTO property_groups VALUES (?, ?)", new_id(), name)
        return self.get_property_group(name)

    def get_property_group(self, name: str) -> PropertyGroup:
        group = self.store.first(PROPERTY_GROUPS, "name = ?", name)
        if group is None:
            raise plain(f"there is no group of properties {name!r}")
        return group

    # -- fields ---------------------------------------------------------------------------------

    def create_property_field(self, field: PropertyField) -> PropertyField:
        if field.id:
            raise plain("a new property field has no id yet")
        now = self.now()
        new = field.evolve(id=new_id(), create_at=now, update_at=now, delete_at=0)
        _check_field(new)
        try:
            self.store.insert(PROPERTY_FIELDS, new)
        except sqlite3.IntegrityError:
            raise plain(f"the target has a property field {field.name!r} already") from None
        return new

    def get_property_field(self, group_id: str, field_id: str) -> PropertyField:
        return self._one(PROPERTY_FIELDS, group_id, field_id)

    def get_property_fields(self, group_id: str, ids: list[str]) -> list[PropertyField]:
        return self._many(PROPERTY_FIELDS, group_id, ids)

    def get_property_field_by_name(self, group_id: str, target_id: str, name: str) -> PropertyField:
        where = "group_id = ? AND target_id = ? AND name = ? AND delete_at = 0"
        field = self.store.first(PROPERTY_FIELDS, where, group_id, target_id, name)
        if field is None:
            raise plain(f"there is no property field {name!r}")
        return field

    def count_property_fields(self, group_id: str, include_deleted: bool) -> int:
        query = "SELECT count(*) FROM property_fields WHERE group_id = ? AND (? OR delete_at = 0)"
        return int(self.store.scalar(query, group_id, include_deleted))

    def count_property_fields_for_target(
        self, group_id: str, target_type: str, target_id: str, include_deleted: bool
    ) -> int:
        query = (
            "SELECT count(*) FROM property_fields"
            " WHERE group_id = ? AND target_type = ? AND target_id = ? AND (? OR delete_at = 0)"
        )
        return int(self.store.scalar(query, group_id, target_type, target_id, include_deleted))

    def search_property_fields(self, group_id: str, opts: PropertyFieldSearchOpts) -> list[PropertyField]:
        return self._found(PROPERTY_FIELDS, group_id, opts, opts.cursor.property_field_id, [])

    def update_property_field(self, group_id: str, field: PropertyField) -> PropertyField:
        return self.update_property_fields(group_id, [field])[0]

    def update_property_fields(self, group_id: str, fields: list[PropertyField]) -> list[PropertyField]:
        now = self.now()
        new = [field.evolve(update_at=now) for field in fields]
        for field in new:
            _check_field(field)
        changed = ("name", "type", "attrs", "target_id", "target_type", "update_at", "delete_at")
        self._update(PROPERTY_FIELDS, group_id, new, changed)
        return new

    def delete_property_field(self, group_id: str, field_id: str) -> None:
        if group_id:
            self.get_property_field(group_id, field_id)
        self.delete_property_values_for_field(group_id, field_id)
        self._mark_deleted(PROPERTY_FIELDS, group_id, field_id)

    # -- values ---------------------------------------------------------------------------------

    def create_property_value(self, value: PropertyValue) -> PropertyValue:
        if value.id:
            raise plain("a new property value has no id yet")
        new = self._completed(value)
        _check_value(new)
        try:
            self.store.insert(PROPERTY_VALUES, new)
        except sqlite3.IntegrityError:
            raise plain("the target has a value of this property field already") from None
        return new

    def get_property_value(self, group_id: str, value_id: str) -> PropertyValue:
        return self._one(PROPERTY_VALUES, group_id, value_id)

    def get_property_values(self, group_id: str, ids: list[str]) -> list[PropertyValue]:
        return self._many(PROPERTY_VALUES, group_id, ids)

    def search_property_values(self, group_id: str, opts: PropertyValueSearchOpts) -> list[PropertyValue]:
        more: list[_Condition] = [
            (bool(opts.field_id), "field_id = ?", [opts.field_id]),
            (opts.value is not None, "value = ?", [json.dumps(opts.value, ensure_ascii=False)]),
        ]
        return self._found(PROPERTY_VALUES, group_id, opts, opts.cursor.property_value_id, more)

    def update_property_value(self, group_id: str, value: PropertyValue) -> PropertyValue:
        return self.update_property_values(group_id, [value])[0]

    def update_property_values(self, group_id: str, values: list[PropertyValue]) -> list[PropertyValue]:
        now = self.now()
        new = [value.evolve(update_at=now) for value in values]
        for value in new:
            _check_value(value)
        self._update(PROPERTY_VALUES, group_id, new, ("value", "update_at", "delete_at"))
        return new

    def upsert_property_value(self, value: PropertyValue) -> PropertyValue:
        return self.upsert_property_values([value])[0]

    def upsert_property_values(self, values: list[PropertyValue]) -> list[PropertyValue]:
        with self.store.transaction():
            return [self._upsert(value) for value in values]

    def _upsert(self, value: PropertyValue) -> PropertyValue:
        new = self._completed(value).evolve(update_at=self.now())
        _check_value(new)
        where = "group_id = ? AND target_id = ? AND field_id = ? AND delete_at = 0"
        old = self.store.first(PROPERTY_VALUES, where, new.group_id, new.target_id, new.field_id)
        if old is None:
            self.store.insert(PROPERTY_VALUES, new)
            return new
        old = old.evolve(value=new.value, update_at=new.update_at)
        self.store.update(PROPERTY_VALUES, old)
        return old

    def delete_property_value(self, group_id: str, value_id: str) -> None:
        self._mark_deleted(PROPERTY_VALUES, group_id, value_id)

    def delete_property_values_for_field(self, group_id: str, field_id: str) -> None:
        statement = "UPDATE property_values SET delete_at = ?1 WHERE field_id = ?2 AND (?3 IN ('', group_id))"
        self.store.execute(statement, self.now(), field_id, group_id)

    def delete_property_values_for_target(self, group_id: str, target_type: str, target_id: str) -> None:
        if not target_type or not target_id:
            raise plain("a target has a type and an id")
        # The server forgets these rows, where it only marks those that are deleted one by one.
        statement = (
            "DELETE FROM property_values WHERE target_type = ? AND target_id = ? AND ? IN ('', group_id)"
        )
        self.store.execute(statement, target_type, target_id, group_id)

    def _completed(self, value: PropertyValue) -> PropertyValue:
        made = value.create_at or self.now()
        return value.evolve(id=value.id or new_id(), create_at=made, update_at=made)

    # -- both -----------------------------------------------------------------------------------

    def _one(self, table: Table[P], group_id: str, id: str) -> P:
        found = self.store.first(table, "id = ? AND ? IN ('', group_id)", id, group_id)
        if found is None:
            raise plain(f"there is no row {id} in {table.name}")
        return found

    def _many(self, table: Table[P], group_id: str, ids: list[str]) -> list[P]:
        found = [row for row in self.store.among(table, "id", ids) if group_id in ("", row.group_id)]
        if len(found) < len(ids):
            raise plain(f"{len(found)} of {len(ids)} rows were found in {table.name}")
        return found

    def _found(
        self,
        table: Table[P],
        group_id: str,
        opts: PropertyFieldSearchOpts | PropertyValueSearchOpts,
        after: str,
        more: list[_Condition],
    ) -> list[P]:
        cursor = opts.cursor
        has_cursor = _has_cursor(cursor, after)
        if opts.per_page < 1:
            raise plain("a page has at least one row")
        marks = ", ".join("?" * len(opts.target_ids))
        tests: list[_Condition] = [
            (has_cursor, "(create_at, id) > (?, ?)", [cursor.create_at, after]),
            (not opts.include_deleted, "delete_at = 0", []),
            (bool(group_id), "group_id = ?", [group_id]),
            (bool(opts.target_type), "target_type = ?", [opts.target_type]),
            (bool(opts.target_ids), f"target_id IN ({marks})", list(opts.target_ids)),
            (opts.since_update_at > 0, "update_at > ?", [opts.since_update_at]),
            *more,
        ]
        where = " AND ".join(test for applies, test, _ in tests if applies) or "1"
        values = [value for applies, _, some in tests if applies for value in some]
        return self.store.select(
            table, f"WHERE {where} ORDER BY create_at, id LIMIT ?", *values, opts.per_page
        )

    def _update(self, table: Table[P], group_id: str, new: Sequence[P], changed: Sequence[str]) -> None:
        try:
            with self.store.transaction():
                for one in new:
                    old = self._one(table, group_id, one.id)
                    self.store.update(table, old.evolve(**{name: getattr(one, name) for name in changed}))
        except sqlite3.IntegrityError:
            raise plain(f"{table.name}: there is such a row already") from None

    def _mark_deleted(self, table: Table[Any], group_id: str, id: str) -> None:
        statement = f"UPDATE {table.name} SET delete_at = ? WHERE id = ? AND ? IN ('', group_id)"
        if not self.store.execute(statement, self.now(), id, group_id):
            raise plain(f"there is no row {id} in {table.name}")


def _has_cursor(cursor: PropertyFieldSearchCursor | PropertyValueSearchCursor, after: str) -> bool:
    if not after and not cursor.create_at:
        return False
    if cursor.create_at <= 0 or not is_id(after):
        raise plain("a cursor has an id and a time")
    return True


def _check_field(field: PropertyField) -> None:
    wrong = first_wrong(
        ("id", not is_id(field.id)),
        ("group_id", not is_id(field.group_id)),
        ("name", not 0 < len(field.name) <= _LONGEST),
        ("target_type", len(field.target_type) > _LONGEST),
        ("target_id", len(field.target_id) > _LONGEST),
        ("type", field.type not in _TYPES),
        ("create_at", not field.create_at),
    )
    _refuse(wrong, "field")


def _check_value(value: PropertyValue) -> None:
    wrong = first_wrong(
        ("id", not is_id(value.id)),
        ("target_id", not is_id(value.target_id)),
        ("target_type", not 0 < len(value.target_type) <= _LONGEST),
        ("group_id", not is_id(value.group_id)),
        ("field_id", not is_id(value.field_id)),
        ("create_at", not value.create_at),
    )
    _refuse(wrong, "value")


def _refuse(wrong: str, kind: str) -> None:
    if wrong:
        raise plain(f"this is no valid {wrong} of a property {kind}")
    return

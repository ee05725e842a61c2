"""Accounts."""

import pytest

from mmhooks import AppError, NotFoundError
from mmhooks.api.models import User


def test_a_new_account_is_completed(api, world):
    name = world.word("New")
    user = api.create_user(User(username=name, email=f"{name}@Example.com", password="Ordinary-1-password"))
    assert user.username == name.lower()
    assert user.email == f"{name}@example.com".lower()
    assert user.roles == "system_user"
    assert user.create_at > 0
    assert user.create_at == user.update_at
    assert user.password == ""
    assert user.notify_props["email"] == "true"
    assert user.locale == "en"
    assert api.get_user(user.id) == api.get_user_by_username(name.lower())
    assert api.get_user_by_email(user.email).id == user.id


@pytest.mark.parametrize(
    "changes",
    [{"username": "x y"}, {"email": "none"}, {"password": "short"}, {"username": "all"}],
    ids=str,
)
def test_what_is_no_account(api, world, changes):
    name = world.word("u")
    good = User(username=name, email=f"{name}@example.com", password="Ordinary-1-password")
    with pytest.raises(AppError) as refused:
        api.create_user(good.evolve(**changes))
    assert (refused.value.status_code, refused.value.id) == (400, EXPECTED[str(changes)])


EXPECTED = {
    "{'username': 'x y'}": "model.user.is_valid.username.app_error",
    "{'email': 'none'}": "model.user.is_valid.email.app_error",
    "{'password': 'short'}": "model.user.is_valid.pwd_min_length.app_error",
    "{'username': 'all'}": "model.user.is_valid.username.app_error",
}


def test_an_account_without_a_name_gets_one(api, world):
    mail = f"{world.word()}@example.com"
    user = api.create_user(User(username="", email=mail, password="Ordinary-1-password"))
    assert len(user.username) > 1


def test_nobody(api):
    for method, id in (
        ("get_user", "app.user.missing_account.const"),
        ("get_user_by_username", "app.user.get_by_username.app_error"),
        ("get_user_by_email", "app.user.missing_account.const"),
    ):
        with pytest.raises(NotFoundError) as error:
            getattr(api, method)("nobody")
        assert error.value.id == id

"""Searching posts. The words are such that PostgreSQL leaves them as they are."""

from datetime import UTC, datetime, timedelta

import pytest

from mmhooks.api.converter import structure
from mmhooks.api.models import Channel, SearchParameter, SearchParams
from tests.conformance.test_rest import FORBIDDEN
from tests.conformance.world import refused


@pytest.fixture(scope="module")
def place(world):
    """A team of its own, with somebody in two of its channels."""
    team = world.team()
    one, two = world.channel(team), world.channel(team)
    ann, bob = world.person(team), world.person(team)
    for channel in (one, two):
        for person in (ann, bob):
            world.admin.post(f"/channels/{channel.id}/members", {"user_id": person.id})
    return team, one, two, ann, bob


MESSAGES = {
    "fox": "Quick brown fox",
    "dog": "quick, grey dog",
    "cat": "grey CAT (quick)",
    "foxtrot": "foxtrot at midnight",
    "reversed": "fox brown",
    "tag": "see #plum and #Pear",
    "tags": "see #plum",
    "long tag": "see #plumtree",
    "word": "plum without the sign",
    "joined": "left_handed right-handed",
    "umlaut": "Überblick: größer",
}


@pytest.fixture(scope="module")
def said(place):
    _, one, *_, bob = place
    return {name: bob.say(one, message).id for name, message in MESSAGES.items()}


def found(api, place, said, terms, **fields):
    team, _, _, ann, _ = place
    names = {id: name for name, id in said.items()}
    results = api.search_posts_in_team_for_user(team.id, ann.id, SearchParameter(terms=terms, **fields))
    assert set(results.posts) == set(results.order)
    return [names.get(id, results.posts[id].message) for id in results.order]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("fox", ["reversed", "fox"]),
        ("FOX", ["reversed", "fox"]),
        ("fox brown", ["reversed", "fox"]),
        ('"fox brown"', ["reversed"]),
        ('"brown fox"', ["fox"]),
        ('"quick grey"', ["dog"]),
        ('"quick grey" dog', ["dog"]),
        ('quick "brown fox"', ["fox"]),
        ("fo", []),
        ("fo*", ["reversed", "foxtrot", "fox"]),
        ("foxt*", ["foxtrot"]),
        ("*ox", []),
        ("quick -grey", ["fox"]),
        ("quick -brown", ["cat", "dog"]),
        ("quick -dog -cat", ["fox"]),
        ('quick -"grey dog"', ["cat", "fox"]),
        ("grey -quick", []),
        ("-grey", []),
        ("(cat)", ["cat"]),
        ("cat,", ["cat"]),
        ("handed", ["joined"]),
        ("right-handed", ["joined"]),
        ("Überblick", ["umlaut"]),
        ("größer", ["umlaut"]),
        ("größ", []),
        ("größ*", ["umlaut"]),
        ("#plum", ["tags", "tag"]),
        ("#PEAR", ["tag"]),
        ("#plum #pear", ["tag"]),
        ("plum", ["word", "tags", "tag"]),
        ("#plum midnight", ["tags", "tag", "foxtrot"]),
        ("#nothing", []),
        ("*", []),
        ("!!!", []),
        ("", []),
    ],
)
def test_terms(api, place, said, terms, expected):
    assert found(api, place, said, terms) == expected


def test_any_of_the_terms(api, place, said):
    assert found(api, place, said, "cat dog", is_or_search=True) == ["cat", "dog"]
    assert found(api, place, said, '"brown fox" cat', is_or_search=True) == ["cat", "fox"]
    assert found(api, place, said, "cat dog -grey", is_or_search=True) == ["cat"]


def test_from_and_in(world, api, place, said):
    team, one, two, ann, bob = place
    word = world.word("kiwi")
    posts = [person.say(channel, word).id for person in (ann, bob) for channel in (one, two)]
    ann_one, ann_two, bob_one, bob_two = posts

    def ids(terms):
        results = api.search_posts_in_team_for_user(team.id, ann.id, SearchParameter(terms=f"{word} {terms}"))
        return results.order

    assert ids(f"from:{ann.name}") == ids(f"from: @{ann.name}") == [ann_two, ann_one]
    assert ids(f"FROM:{ann.name.upper()}") == [ann_two, ann_one]
    assert ids(f"from:{ann.name} from:{bob.name}") == posts[::-1]
    assert ids(f"-from:{ann.name}") == [bob_two, bob_one]
    assert ids("from:nobody-of-this-name") == []
    assert ids("-from:nobody-of-this-name") == posts[::-1]
    assert ids(f"in:{one.name}") == ids(f"channel:~{one.name}") == [bob_one, ann_one]
    assert ids(f"-in:{one.name}") == [bob_two, ann_two]
    assert ids("in:no-such-channel") == []
    assert ids(f"in:{one.name} from:{ann.name}") == [ann_one]
    assert api.search_posts_in_team_for_user(
        team.id, ann.id, SearchParameter(terms=f"in:{two.name} from:{ann.name}")
    ).order == [ann_two]


def test_a_direct_channel(world, api, place):
    team, _, _, ann, bob = place
    word = world.word("kiwi")
    direct = structure(ann.post("/channels/direct", [ann.id, bob.id]), Channel)
    post = bob.say(direct, word)
    for terms in (word, f"{word} in:@{bob.name}"):
        search = SearchParameter(terms=terms)
        assert api.search_posts_in_team_for_user(team.id, ann.id, search).order == [post.id]


def test_dates(api, world, place):
    team, one, _, ann, _ = place
    word = world.word("kiwi")
    post = ann.say(one, word)
    made = datetime.fromtimestamp(post.create_at / 1000, UTC)

    def is_found(terms, offset=0):
        search = SearchParameter(terms=f"{word} {terms}", time_zone_offset=offset)
        return api.search_posts_in_team_for_user(team.id, ann.id, search).order == [post.id]

    today = f"{made:%Y-%m-%d}"
    yesterday, tomorrow = (f"{made + timedelta(days=days):%Y-%m-%d}" for days in (-1, 1))
    assert is_found(f"on:{today}")
    assert is_found(f"on:{made.year}-{made.month}-{made.day}")
    assert not is_found(f"on:{yesterday}")
    assert not is_found(f"-on:{today}")
    assert is_found(f"-on:{yesterday}")
    assert is_found(f"after:{yesterday}")
    assert not is_found(f"after:{today}")
    assert is_found(f"before:{tomorrow}")
    assert not is_found(f"before:{today}")
    assert not is_found(f"-after:{yesterday}")
    assert is_found(f"-after:{today}")
    assert not is_found(f"-before:{tomorrow}")
    assert is_found(f"-before:{today}")
    assert is_found(f"after:{yesterday} before:{tomorrow}")
    far = 24 * 3600
    assert is_found(f"on:{tomorrow}", far)
    assert not is_found(f"on:{today}", far)
    assert is_found(f"on:{yesterday}", -far)
    for flag, expected in (("on", False), ("before", False), ("after", False)):
        assert is_found(f"{flag}:2020-13-45") is expected
        assert is_found(f"{flag}:soon") is expected


def test_what_is_not_searched(world, api, team):
    owner, reader = world.person(team), world.person(team)
    channel, word = world.channel(team), world.word("kiwi")
    for person in (owner, reader):
        world.admin.post(f"/channels/{channel.id}/members", {"user_id": person.id})
    gone, kept = owner.say(channel, word), owner.say(channel, word)
    owner.delete(f"/posts/{gone.id}")
    reply = owner.say(channel, f"{word} again", root_id=kept.id)
    search = SearchParameter(terms=word)

    def ids(user_id, **fields):
        return api.search_posts_in_team_for_user(team.id, user_id, search.evolve(**fields)).order

    assert ids(reader.id) == [reply.id, kept.id]
    assert ids(reader.id, per_page=1) == [reply.id, kept.id]
    assert ids(reader.id, page=1, per_page=1) == []
    stranger = world.person(team)
    assert ids(stranger.id) == []
    every = api.search_posts_in_team(team.id, [SearchParams(terms=word)])
    assert [(one.id, one.reply_count) for one in every] == [(reply.id, 1), (kept.id, 1)]
    world.admin.delete(f"/channels/{channel.id}")
    assert ids(reader.id) == []
    assert ids(reader.id, include_deleted_channels=True) == [reply.id, kept.id]


def test_parameters_of_a_plugin(api, place, said):
    team, one, _, ann, bob = place
    names = {id: name for name, id in said.items()}

    def names_of(*params):
        return [names[post.id] for post in api.search_posts_in_team(team.id, list(params))]

    assert names_of(SearchParams(terms="quick", from_users=[bob.name])) == ["cat", "dog", "fox"]
    assert names_of(SearchParams(terms="quick", from_users=[ann.name])) == []
    assert names_of(SearchParams(terms="quick", in_channels=[one.name])) == ["cat", "dog", "fox"]
    assert names_of(SearchParams(terms="quick", excluded_channels=[one.name])) == []
    assert names_of(SearchParams(terms="quick", in_channels=[one.id])) == []
    assert names_of(SearchParams(terms="quick", excluded_terms="grey")) == ["fox"]
    assert names_of(SearchParams(terms="cat dog", or_terms=True)) == ["cat", "dog"]
    assert names_of(SearchParams(terms="#plum", is_hashtag=True)) == ["tags", "tag"]
    assert names_of(SearchParams(terms="cat"), SearchParams(terms="midnight")) == ["foxtrot", "cat"]
    assert names_of(SearchParams(terms="*")) == names_of(SearchParams()) == []


def test_over_rest(world, place, said):
    team, _, _, ann, _ = place
    body = {"terms": "quick brown", "is_or_search": False}
    answer = ann.post(f"/teams/{team.id}/posts/search", body)
    assert (answer["order"], answer["posts"][said["fox"]]["message"]) == ([said["fox"]], MESSAGES["fox"])
    assert said["fox"] in ann.post("/posts/search", body)["order"]
    bad = (400, "api.context.invalid_body_param.app_error")
    assert refused(ann.post, f"/teams/{team.id}/posts/search", {"terms": ""}) == bad
    assert refused(world.person().post, f"/teams/{team.id}/posts/search", body) == FORBIDDEN

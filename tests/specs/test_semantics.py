import pickle

import pytest

from mmhooks import errors
from mmhooks.errors import AppError, CompositionError, Rejection, app_error, dismiss, reject
from mmhooks.runtime.accept import accepted_results
from mmhooks.specs.semantics import (
    aggregate,
    first,
    hookimpl,
    hookspec,
    lifecycle,
    notify,
    pipeline,
    semantics_of,
    veto,
)


@pytest.mark.parametrize(
    ("semantics", "name"),
    [
        (notify(), "notify"),
        (lifecycle(), "lifecycle"),
        (first(), "first"),
        (veto(), "veto"),
        (pipeline("post"), "pipeline"),
        (aggregate(sum), "aggregate"),
    ],
)
def test_names(semantics, name):
    @hookspec(semantics)
    def hook(post): ...

    assert semantics.name == name
    assert semantics_of(hook) is semantics
    assert hook.mmhooks_spec["firstresult"] == (name == "first")


def test_wrong_hookspecs():
    with pytest.raises(TypeError, match="takes a semantics"):
        hookspec(notify)
    with pytest.raises(ValueError, match="no argument 'pots'"):

        @hookspec(pipeline("pots"))
        def hook(post): ...

    with pytest.raises(ValueError, match="only a notify hook can be historic"):
        hookspec(veto(), historic=True)
    with pytest.raises(ValueError, match="all_or_nothing"):
        lifecycle(undo="deactivate")


def test_hookimpl_bare_and_with_arguments():
    @hookimpl
    def bare(post): ...

    @hookimpl(tryfirst=True, on_error="reject", timeout=2.5, specname="other")
    def full(post): ...

    assert (bare.mmhooks_impl["on_error"], bare.mmhooks_impl["timeout"]) == ("allow", None)
    options = full.mmhooks_impl
    assert (options["on_error"], options["timeout"], options["tryfirst"]) == ("reject", 2.5, True)
    assert options["specname"] == "other"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"on_error": "deny"}, '"allow" or "reject"'),
        ({"timeout": 0}, "above 0"),
        ({"timeout": float("nan")}, "above 0"),
        ({"wrapper": True, "on_error": "reject"}, "for plain hookimpls"),
        ({"hookwrapper": True, "timeout": 1}, "for plain hookimpls"),
    ],
)
def test_wrong_hookimpls(options, message):
    with pytest.raises(ValueError, match=message):
        hookimpl(**options)


class Post: ...


def accepted(annotation, semantics=None):
    def hook(post): ...

    hook.__annotations__ = {"return": annotation, "post": "NotImportedAtRunTime"}
    return accepted_results(hook, semantics or pipeline("post"))


@pytest.mark.parametrize(
    ("annotation", "good", "bad"),
    [
        (Post | Rejection | None, [Post()], [1, "x", {}]),
        ("Post | None", [Post()], [1, reject("no")]),
        (list[Post] | None, [[], [Post()]], [[1], Post(), (Post(),)]),
        (list[Post | str], [["a", Post()]], [[1]]),
        (dict[str, object] | None, [{}], [[]]),
        (float | None, [1, 1.5], ["1"]),
        (tuple[int, str], [(1, "a")], [[1, "a"]]),
        (object, [1, "x"], []),
        (None, [1], []),
    ],
)
def test_accepted_results(annotation, good, bad):
    reader = accepted(annotation)

    assert [value for value in good if not reader.takes(value)] == []
    assert [value for value in bad if reader.takes(value)] == []


def test_who_may_reject():
    assert accepted(Post | Rejection | None).may_reject
    assert not accepted(Post | None).may_reject
    assert accepted(str | None, veto()).may_reject
    assert accepted(Post | Rejection | None).text == "Post, Rejection or None"


def test_an_annotation_that_cannot_be_resolved():
    with pytest.raises(CompositionError, match=r"Missing.*importable at run time"):
        accepted("Missing | None")


def test_first_can_name_its_types():
    assert accepted(object, first(accepts=str)).takes("x")
    assert not accepted(object, first(accepts=str)).takes(1)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 429, 501])
def test_app_errors_by_status(status):
    error = app_error("wrong", id="api.x", status_code=status, where="X", detailed_error="d", request_id="r")

    assert type(error) is not AppError
    assert error.status_code == type(error)("wrong").status_code == status
    assert str(error) == "X: wrong, d"
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)


def test_app_error_of_any_other_status():
    assert type(app_error("odd", status_code=418)) is AppError
    assert AppError("plain").status_code == 500


def test_rejections():
    assert reject("no") == Rejection("no") != Rejection("never")
    assert dismiss().is_dismissal
    assert not reject("no").is_dismissal
    with pytest.raises(ValueError, match="needs a reason"):
        reject("")


def test_errors_survive_pickling():
    one = errors.HookTypeError("p", "hook", "returned int")
    both = errors.ActivationError("on_activate", [one])

    assert str(pickle.loads(pickle.dumps(one))) == str(one)
    assert str(pickle.loads(pickle.dumps(both))) == str(both)


def test_the_tree_in_the_docstring_is_complete():
    named = [name for name, value in vars(errors).items() if isinstance(value, type)]

    assert [name for name in named if name.endswith("Error") and name not in errors.__doc__] == []

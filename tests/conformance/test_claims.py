"""What the embedded host claims is what the cases have tried."""

from pathlib import Path

HERE = Path(__file__).parent


def is_whole(request):
    """Whether this run has all cases: only then is something missing that nobody has tried."""
    modules = {item.path for item in request.session.items if item.path.parent == HERE}
    options = request.config.option
    chosen = options.keyword or options.markexpr or any("::" in name for name in request.config.args)
    return not chosen and modules == set(HERE.glob("test_*.py"))


def test_every_real_method_has_a_case(world, claimed, request):
    untried = sorted(claimed - world.called)
    print(f"{len(claimed) - len(untried)} of {len(claimed)} real methods are called by cases")
    assert not is_whole(request) or not untried, f"no case calls {', '.join(untried)}"

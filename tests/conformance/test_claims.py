"""What the embedded host claims is what the cases have tried."""


def test_every_real_method_has_a_case(world, claimed, request):
    whole = not (request.config.option.keyword or len(request.session.items) < 350)
    untried = sorted(claimed - world.called)
    print(f"{len(claimed) - len(untried)} of {len(claimed)} real methods are called by cases")
    assert not whole or not untried, f"no case calls {', '.join(untried)}"

"""Posts in a report: on one line, what matters marked."""

from mmhooks.cli.excerpt import difference, excerpt, flat, short


def marked(text):
    """What stands out in a text."""
    return [text.plain[span.start : span.end] for span in text.spans if span.style]


def test_what_differs_is_marked():
    before, after = difference("see TICK-5 please", "see [TICK-5](https://t/5) please")
    assert before.plain == "see TICK-5 please"
    assert after.plain == "see [TICK-5](https://t/5) please"
    assert marked(before) == []
    assert marked(after) == ["[", "](https://t/5)"]


def test_what_is_equal_is_shortened():
    before, after = difference(f"{'a ' * 500}old{' b' * 500}", f"{'a ' * 500}new{' b' * 500}")
    assert len(before.plain) == len(after.plain) < 80
    assert (marked(before), marked(after)) == (["old"], ["new"])


def test_equal_texts():
    before, after = difference("same", "same")
    assert before == after


def test_the_longest_text_is_compared_in_time():
    before, after = difference("a b " * 4000, "b a " * 4000)
    assert len(before.plain) <= 300
    assert len(after.plain) <= 300


def test_an_excerpt_shows_what_the_reason_quotes():
    text = excerpt(f"{'word ' * 100}forbidden{' word' * 100}", "this is forbidden")
    assert [part.strip() for part in marked(text)] == ["forbidden"]
    assert text.plain.startswith("…")
    assert text.plain.endswith("…")


def test_an_excerpt_is_the_beginning_if_the_reason_quotes_nothing():
    text = excerpt("hello " * 100, "zzz")
    assert text.plain.startswith("hello hello")
    assert marked(text) == []


def test_nothing_that_a_terminal_obeys():
    assert flat("a\x1b[31mb\nc\td") == "a�[31mb ⏎ c d"
    assert short("x" * 200) == "x" * 149 + "…"

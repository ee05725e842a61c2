"""Merging what several packages report to Prometheus into one exposition.

The text format: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

import re
from collections.abc import AsyncIterable, Iterable, Iterator, Sequence

from mmhooks.api.http import Response

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_STRING = r'"(?:[^"\\]|\\.)*"'
_DECLARATION = re.compile(rf"#[ \t]*(HELP|TYPE|UNIT)[ \t]+({_STRING}|[^\s\"]+)(.*)", re.DOTALL)
_SAMPLE = re.compile(rf"(?P<name>[^\s{{\"]*)[ \t]*(?P<labels>\{{(?:[^\"}}]|{_STRING})*\}})?")
_QUOTED_NAME = re.compile(rf"\{{[ \t]*({_STRING})[ \t]*[,}}]")
_SUFFIXES = {
    "histogram": ("_bucket", "_sum", "_count", "_created"),
    "gaugehistogram": ("_bucket", "_gsum", "_gcount"),
    "summary": ("_sum", "_count", "_created"),
    # OpenMetrics declares a counter without the suffix of its samples.
    "counter": ("_total", "_created"),
    "info": ("_info",),
}


Metadata = dict[str, dict[str, str]]
"""Family name -> HELP, TYPE, UNIT -> what stands after the name."""


def merge_expositions(texts: Iterable[str]) -> str:
    """Merge expositions so that each family is described once and has its samples together.

    Families and samples keep the order of their first appearance. Where two texts describe a family
    differently, or report the same series (name and labels), the earlier counts. Comments are dropped.

    Returns:
        One exposition; empty if the texts are.
    """
    expositions = [_lines(text) for text in texts]
    metadata = _metadata(line for lines in expositions for line in lines)
    families: dict[str, list[str]] = {}
    reported: set[tuple[str, str]] = set()
    for lines in expositions:
        reported |= _add(families, metadata, lines, reported)
    merged = [
        line
        for name, samples in families.items()
        for line in (*_description(name, metadata.get(name, {})), *samples)
    ]
    return "".join(f"{line}\n" for line in merged)


def _lines(text: str) -> list[str]:
    # Only "\n" ends a line: help texts and labels may hold what str.splitlines takes for one.
    return [line for line in (raw.strip(" \t\r") for raw in text.split("\n")) if line]


def _metadata(lines: Iterable[str]) -> Metadata:
    metadata: Metadata = {}
    for line in lines:
        if declaration := _DECLARATION.fullmatch(line):
            keyword, name, rest = declaration.groups()
            metadata.setdefault(name, {}).setdefault(keyword, rest)
    return metadata


def _description(name: str, metadata: dict[str, str]) -> Iterator[str]:
    for keyword in ("HELP", "TYPE", "UNIT"):
        if keyword in metadata:
            yield f"# {keyword} {name}{metadata[keyword]}"


def _add(
    families: dict[str, list[str]], metadata: Metadata, lines: list[str], reported: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Add one text's samples, but for the series that texts before it have reported; return its series."""
    series = set()
    for line in lines:
        if declaration := _DECLARATION.fullmatch(line):
            families.setdefault(declaration[2], [])
        elif not line.startswith("#"):
            name, labels = _series(line)
            samples = families.setdefault(_family(metadata, name), [])
            if (name, labels) not in reported:
                samples.append(line)
            series.add((name, labels))
    return series


def _series(line: str) -> tuple[str, str]:
    match = _SAMPLE.match(line)
    assert match is not None  # every part of the pattern is optional
    name, labels = match["name"], match["labels"] or ""
    if not name and (quoted := _QUOTED_NAME.match(labels)):
        name = quoted[1]
    return name, "" if labels == "{}" else labels


def _family(metadata: Metadata, sample: str) -> str:
    """Name the family of a sample: its own name, or that of the family whose type has samples so called."""
    if sample not in metadata:
        for end in range(len(sample) - 1, 0, -1):
            kind = metadata.get(sample[:end], {}).get("TYPE", "").strip()
            if sample[end:] in _SUFFIXES.get(kind, ()):
                return sample[:end]
    return sample


def merge_metrics(results: Sequence[str | bytes | Response]) -> Response:
    """Merge the answers of `serve_metrics` into one response.

    Returns:
        A single `Response` as it is; else an exposition merged from the successful answers, or the first
        answer if none is successful.
    """
    if len(results) == 1 and isinstance(results[0], Response):
        return results[0]
    answers = [result if isinstance(result, Response) else Response(body=result) for result in results]
    successful = [answer for answer in answers if answer.status < 400]
    if answers and not successful:
        return answers[0]
    exposition = merge_expositions(_text(answer) for answer in successful)
    return Response(headers={"Content-Type": CONTENT_TYPE}, body=exposition)


def _text(response: Response) -> str:
    body = response.body
    if body is None or isinstance(body, str):
        return body or ""
    if isinstance(body, AsyncIterable):
        raise TypeError("serve_metrics cannot merge an asynchronous body; return str or bytes")
    return (body if isinstance(body, bytes) else b"".join(body)).decode("utf-8", "replace")

"""Owns the tests of the table of rules: each is explained, and the table and the code agree."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import feeds
from feeds.compile import compile_posts
from feeds.diagnostics import RULES, Rule
from feeds.settings import Settings

# What no fragment of one post can show: sizes, bytes, several files, the record.
NO_FRAGMENT = {
    *("not-utf8", "post-too-large", "too-many-blocks", "nested-too-deeply", "front-matter-too-complex"),
    *("outside-posts", "unreadable-post", "no-posts", "feed-too-large", "duplicate-session"),
    *("ambiguous-identity", "mass-cancellation", "stale-record", "damaged-record"),
}
PACKAGE = Path(feeds.__file__).parent


def rule_names_in(tree: ast.AST) -> set[str]:
    """Names given to `report(...)` as the first argument, or to anything as `rule=` or `held=`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [keyword.value for keyword in node.keywords if keyword.arg in {"rule", "held"}]
        if name == "report":
            given += node.args[:1]
        found |= {text for value in given for text in _literals(value)}
    return found


def _literals(value: ast.expr) -> set[str]:
    """The strings that the expression may be: itself, or either side of a condition."""
    match value:
        case ast.Constant(value=str() as text):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return _literals(body) | _literals(orelse)
        case _:
            return set()


def trees() -> dict[str, ast.AST]:
    """Every module of the package but the table itself."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_bytes())
        for path in paths
        if "diagnostics/rules" not in path.as_posix()
    }


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_rule_is_explained(rule: Rule) -> None:
    assert [part for part in ("summary", "why", "example", "remedy") if not getattr(rule, part).strip()] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_rule_is_told_in_whole_sentences(rule: Rule) -> None:
    summary = rule.summary
    assert (summary[0].isupper(), summary[-1], ". " in summary, "\n" in summary) == (True, ".", False, False)
    assert (rule.why[0].isupper(), rule.why[-1]) == (True, ".")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_rule_remedy_differs_from_its_example(rule: Rule) -> None:
    assert rule.remedy != rule.example


@pytest.mark.parametrize("name", RULES)
def test_rule_stands_under_its_name_in_kebab_case(name: str) -> None:
    assert (RULES[name].name, name.replace("-", "").isalnum(), name == name.lower()) == (name, True, True)


@pytest.mark.parametrize(
    "rule", [RULES[name] for name in RULES if name not in NO_FRAGMENT], ids=lambda rule: rule.name
)
def test_rule_example_breaks_the_rule_and_its_remedy_does_not(tmp_path: Path, rule: Rule) -> None:
    broken = {
        each: rule.name in rules_broken_by(each, folder=tmp_path) for each in (rule.example, rule.remedy)
    }
    assert broken == {rule.example: True, rule.remedy: False}


def rules_broken_by(fragment: str, *, folder: Path) -> set[str]:
    """The rules that a post with this text breaks; invisible characters are shown as escapes in the table."""
    text = fragment.replace("\\ufeff", "\ufeff").replace("\\x0b", "\x0b")
    (folder / "post.md").write_text(f"{text}\n", encoding="utf-8")
    return {diagnostic.rule for diagnostic in compile_posts(folder, settings=Settings()).diagnostics}


def test_rules_used_in_the_code_are_in_the_table() -> None:
    unknown = {path: sorted(rule_names_in(tree) - set(RULES)) for path, tree in trees().items()}
    assert {path: names for path, names in unknown.items() if names} == {}


def test_rules_in_the_table_are_used_in_the_code() -> None:
    written = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(RULES) - written) == []

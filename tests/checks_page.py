"""docs/checks.md, written from the checks, their words and their limits."""

from collections.abc import Iterator

from billcalc.audit.checks.check import Check
from billcalc.audit.checks.formula import formula_of
from billcalc.audit.checks.judging import ALL
from billcalc.audit.checks.left_out import LEFT_OUT, WHY_LEFT_OUT
from billcalc.audit.checks.names import NAMES
from billcalc.audit.checks.say import KINDS, LEVELS, fact_words, wording_of
from billcalc.audit.checks.told import TOLD_BY_BILL
from billcalc.kernel.decimals import decimal_text
from billcalc.runs.check_limits import limits_documents
from billcalc.words.lexicon import CHINESE, ENGLISH

__all__ = ["checks_page"]

_HEAD = """# Checks

`billcalc check REQUEST` looks at a customer's file and at the flow of the account (双控) without recomputing an issued bill:

```console
$ billcalc check fixtures/official/guangxi-2024-06-p1/request.yaml --lang zh
双控检查  cn-guangxi  2024-06-12 至 2024-06-30

存疑
  各时段之和≠总电量 [bands_differ_from_total] …
```

Each check has one of three answers: it **passes**, it **speaks**, or it is **not checked**, and then the facts that are missing are
told; nothing passes silently. A *contradiction* needs no limit, so that no limit can release it; what is *implausible* may be right; an
*advice* accuses nobody. The command ends with 1 where a contradiction or something implausible was found ([cli.md](cli.md)). How much
they tell of bills that are wrong stands in [checks-accuracy.md](checks-accuracy.md).

`--history` is a directory with the requests of earlier months of the account, a file each, or a table of them ([bulk.md](bulk.md))
of which the rows of `--account` are taken; they are billed, and the three that begin last
before this bill, with the same month of the year before, are what it is compared with. A fact that several supply points or
metering points would have differently is not told, and the checks that need it say so.

## Many accounts

`billcalc check --bulk IN --history TABLE --out FILE` makes the same checks of tables of requests, as `billcalc batch` takes them
([bulk.md](bulk.md)): `IN` has a row for each account, the tables of `--history` a row for each earlier month of any of them, in any
order. Every row is billed in columns; the months that lie before are looked up by account and day, and the same rules judge columns.
`FILE` gets a row for each check that speaks (`account`, `from`, `to`, `check`, `name`, `level`, `message`, `limits`);
`FILE.not_checked.csv` which checks could not be made, for want of what, at how many accounts; `FILE.rejects.csv` and
`FILE.history.rejects.csv` the rows that could not be billed. The summary counts all three answers of each check. Of a problem that the
bill itself tells the message is the name of the check: its sentence stands on the bill. A fact with more digits than
64 bits hold is not told. An interrupted run goes on from the parts beside `FILE` when it is run again, as `batch` does. How fast it is:
[performance.md](performance.md).

## Limits

Limits are dated documents with the source of each number. Those of billcalc come with it; `--thresholds FILE` (which may be
repeated) goes before them, and a limit for an account goes before one for a class, a company, or all. A check can be switched
off, which its answer then tells with the document and who decided it; a contradiction cannot.

```yaml
id: ours-2026
from: 2026-01-01
changed_by: audit office
source: decision of the audit office of 2025-12-20
limits:
- {check: energy_jump, set: {limit: "0.50"}, for: {company: North}, source: seasonal production}
- {check: demand_repeats, off: true, for: {account: A-17}, source: a constant load}
```

## Why the money changed

`--explain-change`, with a month before in `--history`, goes through the published order of elimination: energy and money; orders of
change where both move the same way; the average price without basic charge and adjustment; then shares of groups, shares of bands, and
prices; then power factor and basic charge, which the checks above tell. The change of the average splits exactly, whatever the order:
for shares s and prices p, ΔP = Σ (s₁ − s₀)·((p₀ + p₁) ÷ 2 − P̄) + (p₁ − p₀)·(s₀ + s₁) ÷ 2, P̄ the mean of both averages, within
each group over its bands and then over the groups. Numbers are rational and rounded only where they are shown; in JSON they are
exact. A part is named as a cause where the average price moved by more than `average` and the part is more than `part` of that change, in its direction;
`held` is up to which change energy and money count as held. They are limits of `explain_change` (0.03, 0.20 and 0.05, proposals).

## Whose limits

`--company` and `--account` tell whose limits hold; the class is that of the request, where all its groups have one.
The page is written by `python -m tests.generated`; words in braces are filled in.
"""


def checks_page() -> str:
    """The page."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield _HEAD
    for check in ALL:
        yield from _entry(check)
    yield "\n## Not made\n\n| check | 名称 | reason | 原因 |\n|---|---|---|---|\n"
    for code, why in sorted(LEFT_OUT.items()):
        yield f"| `{code}` | {NAMES[code].chinese} | {WHY_LEFT_OUT[why].english} | {WHY_LEFT_OUT[why].chinese} |\n"


def _entry(check: Check) -> Iterator[str]:
    what, do = wording_of(check.code)
    level, kind = LEVELS[check.level], KINDS[check.kind]
    yield f"\n## `{check.code}`\n\n"
    yield f"{NAMES[check.code].english} · {NAMES[check.code].chinese}\n\n"
    yield f"{level.english}, {kind.english}: {what.english}. **Do:** {do.english}.\n\n"
    yield f"{level.chinese}，{kind.chinese}：{what.chinese}。**处理：**{do.chinese}。\n\n"
    if check.code not in TOLD_BY_BILL:
        yield f"Speaks where: {formula_of(check, ENGLISH).text}.\n\n"
        yield f"公式：{formula_of(check, CHINESE).text}。\n\n"
    yield f"Looks at: {'; '.join(fact_words(ENGLISH, name) for name in check.inputs)}.\n"
    for document in limits_documents():
        for each in document.limits:
            if each.check == check.code:
                numbers = ", ".join(f"`{name}` {decimal_text(number)}" for name, number in each.limits.items())
                yield f"\nLimits from {document.start}: {numbers} ({each.source}).\n"

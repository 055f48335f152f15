"""docs/audit-accuracy.md in both languages: what was said of corrupted bills, by kind, coarseness, cause and pair."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from tests.audit.accuracy.corrupting import SHAPES, Kind
from tests.audit.accuracy.judging import Verdict
from tests.audit.accuracy.trying import Trial

__all__ = ["PAGES", "page"]

PAGES = {"en": "docs/audit-accuracy.md", "zh": "docs/audit-accuracy.zh-CN.md"}

_TITLES = {
    "en": (
        "How exact diagnoses are",
        "By kind of error",
        "By coarseness of the bill",
        "By cause",
        "By pair of causes",
        "Not named",
    ),
    "zh": ("诊断的准确程度", "按错误类型", "按账单的详细程度", "按原因", "按两个原因的组合", "未指出的情形"),
}
_INTRODUCTIONS = {
    "en": """Correct bills of the {structures} structures of the official and published fixtures are made wrong, and diagnosed: by one,
two or three known causes, each of which changes what is printed; by an amount that no rule makes (typed otherwise by a fen
to some thousand yuan, two digits exchanged, an odd ratio); and by both. Each is printed in one of six ways. The seeds are
fixed: the same {cases} bills each time. `make accuracy` writes this page (`make soak` tries 200,000 bills).

* **named**: the errors are proved to the fen, alone or beside others that make the very same bill; beside an unknown error,
  the known one is named. **fewer**: fewer causes make the very same bill, and are told. **quiet**: rightly nothing is named.
* **not searched**: nothing is named, and it is said that not everything was searched. **missed**: nothing is named.
* **chance**: known causes make the very amounts of an unknown error; no bill tells them apart. **wrong**: something else is
  named. **told first**: the bill itself has to be mended first.

""",
    "zh": """把官方与公开样例的 {structures} 种账单结构的正确账单改错，再作诊断：一个、两个或三个已知原因（每个都改变账单上的金额）；
一处任何规则都算不出的金额（差一分至数千元、两位数字颠倒、奇异比例）；以及两者并存。每张账单以六种详细程度之一列出。
随机种子固定，每次都是同样的 {cases} 张账单。本页由 `make accuracy` 写出（`make soak` 试 200,000 张）。

* **指出**：错误被证实到分，单独或与其他能算出同一账单的解释并列；有未知错误时，指出了已知的那个。**更少**：更少的原因即能算出
  同一账单，并已指出。**不指**：确实不应指出任何原因。
* **未查遍**：未指出，且说明未查遍。**漏**：未指出。
* **巧合**：已知原因恰好算出未知错误的金额，任何账单都无法区分。**错**：指出了别的原因。**先改账单**：须先改正账单本身。

""",
}
_WHY = {
    "en": """The bars: one and two known causes 100 % named (or fewer), nothing wrong; a known cause beside an unknown error 93 % named,
nothing wrong; nothing named on a correct bill. What is kept apart, and why: **two_in_one**, two wrong numbers that change the
same lines (two digits of one register, a digit and the multiplier of a meter with one register): one amount does not tell
two numbers, hundreds of pairs make it, and they are not sought; another pair that makes the very same bill counts as wrong.
**hidden**, a known cause of which every printed amount has the
unknown error in it, too: nothing is exact any more, and nothing is guessed. On bills of a total alone a search may end before
all pairs are tried; that is said. Another pair that makes the very same bill, such as a reactive energy that comes to the same
power factor, may then be told without the one that was made: it counts as wrong.

""",
    "zh": """要求：一个或两个已知原因 100% 指出（或更少原因），无错；已知原因与未知错误并存时 93% 指出，无错；正确账单不指出任何原因。
单列的情形及理由：**two_in_one** 两个错误数字改变相同的行（同一示数的两位数字，或单一示数电能表的一位数字与倍率）：一个金额
无法确定两个数字，数以百计的组合都能算出它，因此不查；指出了算出同一账单的另一组合，计为错。**hidden** 已知原因影响的每个金额都同时含有未知错误：没有一项精确相符，
不作猜测。只有合计的账单，可能在查遍所有组合之前达到上限，届时会说明；此时指出的可能只是
算出同一账单的另一组合（如得出同一功率因数的另一无功电量），计为错。

""",
}
_WORDS = {
    "en": {"kind": "", "named %": "named %", "all": "all", **{each.value: each.value.replace("_", " ") for each in Verdict}},
    "zh": {
        "kind": "", "named %": "指出 %", "all": "总数", "named": "指出", "fewer": "更少", "quiet": "不指", "told_first": "先改账单",
        "missed": "漏", "not_searched": "未查遍", "wrong": "错", "chance": "巧合",
    },
}  # fmt: skip
_NONE = {"en": "None.", "zh": "无。"}
GOOD = (Verdict.NAMED, Verdict.FEWER, Verdict.QUIET)


def page(trials: Sequence[Trial], language: str) -> str:
    """The page of some trials."""
    title, by_kind, by_shape, by_cause, by_pair, left = _TITLES[language]
    structures = len({trial.name for trial in trials})
    head = _INTRODUCTIONS[language].format(structures=structures, cases=len(trials)) + _WHY[language]
    ones = [trial for trial in trials if trial.kind is Kind.ONE]
    pairs = [trial for trial in trials if trial.kind is Kind.TWO]

    def told(rows: Iterable[Trial], name: Callable[[Trial], str]) -> str:
        return "\n".join(_table(rows, name, _WORDS[language])) + "\n"

    return "\n".join(
        [
            f"# {title}\n",
            head,
            f"## {by_kind}\n",
            told(sorted(trials, key=lambda each: list(Kind).index(each.kind)), lambda each: each.kind.value),
            f"## {by_shape}\n",
            told(
                sorted(trials, key=lambda each: (list(Kind).index(each.kind), SHAPES.index(each.shape))),
                lambda each: f"{each.kind.value}, {each.shape}",
            ),
            f"## {by_cause}\n",
            told(sorted(ones, key=_causes), _causes),
            f"## {by_pair}\n",
            told(sorted(pairs, key=_causes), _causes),
            f"## {left}\n",
            "\n".join(_left(trials, _WORDS[language])) or _NONE[language],
            "",
        ]
    )


def _causes(trial: Trial) -> str:
    return " + ".join(trial.causes)


def _table(trials: Iterable[Trial], name: Callable[[Trial], str], words: dict[str, str]) -> Iterator[str]:
    """A row for each name: how many, how often which verdict, and the share of the good ones."""
    counts: dict[str, Counter[Verdict]] = {}
    for trial in trials:
        counts.setdefault(name(trial), Counter())[trial.verdict] += 1
    heads = [verdict for verdict in Verdict if any(each[verdict] for each in counts.values())]
    yield f"| | {words['all']} | {' | '.join(words[each.value] for each in heads)} | {words['named %']} |"
    yield f"|---|{'---:|' * (len(heads) + 2)}"
    for row, found in counts.items():
        whole = sum(found.values())
        share = sum(found[each] for each in GOOD) * 1000 // whole
        yield f"| {row} | {whole} | {' | '.join(str(found[each] or '') for each in heads)} | {share // 10}.{share % 10} |"


def _left(trials: Iterable[Trial], words: dict[str, str]) -> Iterator[str]:
    """The known errors that were not named, each with what draws it again."""
    for trial in trials:
        if (trial.kind in (Kind.ONE, Kind.TWO) and trial.verdict not in GOOD) or trial.verdict is Verdict.WRONG:
            yield f"* {trial.name} {trial.number}, {trial.shape}: {trial.wrong}: {words[trial.verdict.value]}"

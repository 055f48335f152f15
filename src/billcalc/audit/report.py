"""A comparison as a text that a clerk can act on: what differs, by how much, which part, and what proves ours."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from billcalc.audit.comparison import (
    FINDINGS,
    Comparison,
    Effects,
    Entry,
    Fact,
    FactComparison,
    Matching,
    Outcome,
    OwnCheck,
    OwnError,
    Part,
    PartComparison,
    SectionMoney,
    Unmapped,
    Verdict,
)
from billcalc.audit.naming import EntryNames
from billcalc.audit.proof import proof_of, proof_text
from billcalc.audit.proposals import may_be_unmapped, proposals_of
from billcalc.audit.reading import Reading
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.explain.problems import doubt_lines
from billcalc.kernel.decimals import EXACT, ONE, decimal_text, exact_sum
from billcalc.kernel.spans import Span
from billcalc.kernel.units import KVARH, KWH, MONEY, PURE, in_currency
from billcalc.vocabulary import Band, Section
from billcalc.words.bills import Phrase
from billcalc.words.comparisons import ComparisonWords, Say, comparison_words
from billcalc.words.facts import FactType, fact_words
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import labelled, money, qualified, quantity, span_of, span_words, unit_words
from billcalc.words.saying import sentence

__all__ = ["comparison_text", "signed"]


def comparison_text(
    comparison: Comparison,
    *,
    lexicon: Lexicon,
    reading: Reading | None = None,
) -> tuple[PrintedLine, ...]:
    """Tell a comparison.

    Args:
        comparison: what was found.
        lexicon: the words of the language.
        reading: how the issued bill was read: where its lines stood, and what was not read.
    """
    return tuple(_Report(comparison, lexicon, reading).told())


_OF_POWER_FACTOR = {Part.QUANTITY: Fact.BASE, Part.PRICE: Fact.RATIO}
_UNITS = {Fact.KWH: KWH, Fact.KVARH: KVARH, **dict.fromkeys((Fact.BASE, Fact.TAX, Fact.TOTAL, Fact.SUBTOTAL), MONEY)}
_MoneyRow = tuple[str, Decimal, Decimal]


class _Report:
    """Tells one comparison."""

    def __init__(self, comparison: Comparison, lexicon: Lexicon, reading: Reading | None) -> None:
        self.comparison = comparison
        self.lexicon = lexicon
        self.words: ComparisonWords = comparison_words(lexicon.language)
        self.reading = Reading(comparison.issued) if reading is None else reading
        self.names = EntryNames(comparison, self.lexicon)
        self.proposals = proposals_of(comparison.entries)

    def told(self) -> Iterator[PrintedLine]:
        yield from self._head()
        yield from self._rows()
        yield printed("")
        yield from self._own()
        for say, rate in ((Say.TAX_TOLD, self.comparison.tax), (Say.TAX_UNTOLD, self.comparison.untold_tax)):
            if rate is not None:
                yield printed("")
                percent, factor = decimal_text(rate.scaleb(2)), decimal_text(EXACT.add(ONE, rate))
                role = Role.TEXT if say is Say.TAX_TOLD else Role.DOUBT
                yield printed(self._say(say, rate=percent, factor=factor), role)
        for kind in FINDINGS:
            entries = self.comparison.of(kind)
            if entries:
                yield printed("")
                yield printed(f"{self.words.headings[kind]} ({len(entries)})", Role.HEADING)
            for entry in entries:
                yield from self._finding(entry)
        yield printed("")
        yield from self._notes()
        yield from doubt_lines(self.comparison.bill, self.lexicon)
        yield from self._money()

    def _say(self, say: Say, **facts: object) -> str:
        return self.words.say[say].format_map(facts)

    def _head(self) -> Iterator[PrintedLine]:
        bill, tolerance = self.comparison.bill, self.comparison.tolerance
        yield printed(f"{self._say(Say.TITLE)}  {bill.area}  {span_words(self.lexicon, bill.period)}", Role.TITLE)
        told = self._say(Say.TOLERANCE, tolerance=quantity(self.lexicon, tolerance, bill.currency))
        parts = [told] if tolerance else [told, self._say(Say.EVERY_FEN)]
        yield printed(self.lexicon.phrases[Phrase.BETWEEN_ITEMS].join(parts), Role.ASIDE)

    def _rows(self) -> Iterator[PrintedLine]:
        unread, ignored = self.reading.faults, self.reading.ignored
        if unread:
            yield printed("")
            yield printed(f"{self._say(Say.ROWS_NOT_READ)} ({len(unread)})", Role.HEADING)
        for fault in unread:
            yield printed(f"  {fault.where}: {sentence(self.lexicon, fault.code, fault.facts)}", Role.DOUBT)
        for say, rows in ((Say.ROWS_LOST, self.comparison.unread), (Say.ROWS_PARTLY, self.reading.partly)):
            if rows:
                yield printed("  " + self._say(say, rows=rows), Role.ASIDE)
        if ignored:
            yield printed(labelled(self.lexicon, self._say(Say.ROWS_IGNORED), *ignored), Role.ASIDE)

    def _own(self) -> Iterator[PrintedLine]:
        own = self.comparison.own
        yield printed(self._say(Say.OWN), Role.HEADING)
        if OwnCheck.TOTAL not in {error.check for error in own}:
            yield printed("  " + self._adds_up())
        for error in own:
            yield from self._own_error(error)

    def _adds_up(self) -> str:
        """What the total says of the lines, where it is not off."""
        comparison, issued = self.comparison, self.comparison.issued
        total = quantity(self.lexicon, comparison.total_issued, comparison.bill.currency)
        if comparison.unread:
            return self._say(Say.OWN_UNREAD)
        if comparison.prints_sums_only:
            return self._say(Say.SUMS_ONLY)
        if issued.total is None:
            return self._say(Say.NO_TOTAL, lines=len(issued.lines), total=total)
        off = EXACT.subtract(issued.total, exact_sum(line.amount for line in issued.lines)).copy_abs()
        if off > comparison.tolerance and comparison.of(Outcome.UNMAPPED):
            return self._say(Say.OWN_UNMAPPED, printed=total)
        return self._say(Say.ADDS_UP, lines=len(issued.lines), total=total)

    def _own_error(self, error: OwnError) -> Iterator[PrintedLine]:
        facts = {
            "printed": money(error.printed),
            "computed": money(error.computed),
            "difference": signed(error.difference),
        }
        if error.row is None:
            say = Say.OWN_TOTAL if error.name is None else Say.OWN_SUBTOTAL
            yield printed("  " + self._say(say, name=error.name, **facts), Role.DOUBT)
            return
        product = " × ".join(decimal_text(factor) for factor in error.factors or ())
        name = self.names.issued(self.comparison.issued.lines[error.row])
        text = self._say(Say.OWN_PRODUCT, name=name, product=product, **facts)
        role = Role.TEXT if error.may_be_rounding else Role.DOUBT
        yield printed(self._placed(f"  {text}", (error.row,)), role)
        if error.may_be_rounding:
            yield printed("    " + self._say(Say.OWN_ROUNDING), Role.ASIDE)

    def _placed(self, text: str, rows: Iterable[int]) -> str:
        """A text with the places of some printed lines, where they are known."""
        places = [place for place in map(self.reading.place, rows) if place is not None]
        return f"{text}  [{', '.join(places)}]" if places else text

    def _finding(self, entry: Entry) -> Iterator[PrintedLine]:
        name = self.names.entry(entry)
        facts = {
            "name": name,
            "issued": money(entry.amount_issued),
            "recomputed": money(entry.amount_recomputed),
            "difference": signed(entry.difference),
        }
        say = Say.AMOUNTS if entry.issued and entry.recomputed else Say.ONLY_ISSUED
        say = say if entry.issued else Say.ONLY_RECOMPUTED
        yield printed(self._placed("  " + self._say(say, **facts), entry.rows), Role.DOUBT)
        if entry.unmapped is not None:
            yield printed("    " + self._why_unmapped(entry, entry.unmapped))
            yield from self._proposed(entry)
        if may_be_unmapped(entry, self.comparison.entries):
            yield printed("    " + self._say(Say.MAY_BE_UNMAPPED))
        elif entry.missing_from is not None:
            yield printed("    " + self.words.advice[entry.missing_from])
        if entry.matching is not Matching.ONE:
            counts = {"issued": len(entry.issued), "recomputed": len(entry.recomputed)}
            yield printed("    " + self.words.matchings[entry.matching].format_map(counts))
        yield from self._parts(entry)
        yield from self._proof(entry)

    def _proposed(self, entry: Entry) -> Iterator[PrintedLine]:
        for proposal in self.proposals:
            if not set(proposal.rows).isdisjoint(entry.rows):
                ours = " + ".join(self.names.code(code) for code in proposal.codes)
                told = self._say(Say.PROPOSED, ours=ours, amount=money(proposal.amount), entry=proposal.written)
                yield printed("    " + told)

    def _why_unmapped(self, entry: Entry, why: Unmapped) -> str:
        [line] = entry.issued
        known = dict.fromkeys(each.code for each in self.comparison.bill.lines)
        facts = {"name": line.name, "codes": ", ".join(line.codes), "known": ", ".join(known)}
        return self.words.unmapped[why].format_map(facts)

    def _parts(self, entry: Entry) -> Iterator[PrintedLine]:
        agreeing = [part for part in entry.parts if part.verdict in (Verdict.AGREES, Verdict.AS_PRINTED)]
        differing = [part for part in entry.parts if part.verdict is Verdict.DIFFERS]
        if agreeing:
            texts = [
                f"{self._part_name(part.part, entry)} {self._value(part, part.issued, entry)}" for part in agreeing
            ]
            yield printed("    " + labelled(self.lexicon, self._say(Say.AGREE), *texts))
        if differing:
            texts = [self._both(part, entry) for part in differing]
            yield printed("    " + labelled(self.lexicon, self._say(Say.DIFFER), *texts), Role.RESULT)
        if entry.effects is not None and entry.difference:
            texts = list(self._effects(entry.effects, entry))
            yield printed("    " + labelled(self.lexicon, self._say(Say.IN_MONEY), *texts), Role.RESULT)

    def _both(self, part: PartComparison, entry: Entry) -> str:
        values = {
            "issued": self._value(part, part.issued, entry),
            "recomputed": self._value(part, part.recomputed, entry),
        }
        return self._say(Say.PART, part=self._part_name(part.part, entry), **values)

    def _part_name(self, part: Part, entry: Entry) -> str:
        """What a part is called; of a power-factor line the quantity is its base and the price its ratio."""
        fact = _OF_POWER_FACTOR.get(part) if entry.section is Section.POWER_FACTOR else None
        return self.words.parts[part] if fact is None else self.words.facts[fact]

    def _value(self, part: PartComparison, value: object, entry: Entry) -> str:
        """A part's value in words."""
        if isinstance(value, Decimal):
            units = {line.unit for line in entry.recomputed}
            of_one_unit = part.part is Part.QUANTITY and len(units) == 1
            return quantity(self.lexicon, value, *units) if of_one_unit else decimal_text(value)
        text = str(value)
        if part.part is Part.BAND:
            return self.lexicon.bands[Band(text)]
        if part.part is Part.SECTION:
            return " + ".join(self.lexicon.sections[Section(each)] for each in text.split(" + "))
        span = span_of(text)
        return text if span is None else span_words(self.lexicon, span)

    def _effects(self, effects: Effects, entry: Entry) -> Iterator[str]:
        for say, amount in (
            (self._part_name(Part.QUANTITY, entry), effects.quantity),
            (self._part_name(Part.PRICE, entry), effects.price),
            (self._say(Say.REST), effects.rest),
        ):
            if amount:
                yield f"{say} {signed(amount)}"

    def _proof(self, entry: Entry) -> Iterator[PrintedLine]:
        proofs = proof_of(self.comparison.bill, entry.recomputed, lexicon=self.lexicon)
        if proofs:
            yield printed("    " + labelled(self.lexicon, self._say(Say.PROOF)), Role.ASIDE)
        for proof in proofs:
            indent = " " * 6
            if len(proofs) > 1:
                yield printed(f"{indent}{proof.title} {money(proof.line.amount)}", Role.ASIDE)
                indent = " " * 8
            for text in proof_text(proof, self.lexicon):
                yield printed(indent + text, Role.ASIDE)

    def _notes(self) -> Iterator[PrintedLine]:
        """Facts that differ, and what is no finding."""
        comparison = self.comparison
        if comparison.differing_facts:
            yield printed(f"{self._say(Say.FACTS)} ({len(comparison.differing_facts)})", Role.HEADING)
        for fact in comparison.differing_facts:
            unit = in_currency(_UNITS.get(fact.fact, PURE), comparison.bill.currency)
            values = {
                "issued": self._fact_value(fact.issued, unit),
                "recomputed": self._fact_value(fact.recomputed, unit),
            }
            yield printed("  " + self._say(Say.PART, part=self._fact_name(fact), **values), Role.DOUBT)
        agreeing = sum(len(entry.issued) for entry in comparison.of(Outcome.AGREES))
        if comparison.prints_sums_only:
            sums = (fact for fact in comparison.facts if fact.fact in (Fact.SUBTOTAL, Fact.TOTAL))
            agreed = sum(fact.verdict is Verdict.AGREES for fact in sums)
            yield printed(self._say(Say.SUMS_AGREE, sums=agreed), Role.RESULT)
        elif comparison.findings or comparison.untold_tax is not None or comparison.unread:
            yield printed(self._say(Say.AGREEING, lines=agreeing))
        else:
            yield printed(self._say(Say.NO_FINDING, lines=agreeing), Role.RESULT)
        if comparison.given:
            yield printed(self._say(Say.GIVEN, lines=comparison.given), Role.ASIDE)
        unknown = [self._fact_name(fact) for fact in comparison.facts if fact.verdict is Verdict.NOT_TOLD]
        tolerated = (f"{self.names.entry(each)} {signed(each.difference)}" for each in comparison.of(Outcome.TOLERATED))
        for say, names in (
            (Say.TOLERATED, list(tolerated)),
            (Say.ZEROS, [self.names.entry(entry) for entry in comparison.of(Outcome.ZERO)]),
            (Say.FACTS_UNKNOWN, unknown),
        ):
            if names:
                yield printed(labelled(self.lexicon, self._say(say), *names), Role.ASIDE)

    def _fact_name(self, fact: FactComparison) -> str:
        of = () if fact.of is None else (self.lexicon.bands[Band(fact.of)] if fact.fact is Fact.KWH else fact.of,)
        return qualified(self.lexicon, self.words.facts[fact.fact], *of)

    def _fact_value(self, value: Decimal | tuple[date, date] | None, unit: str) -> str:
        if isinstance(value, tuple):
            return span_words(self.lexicon, Span(*value))
        return "–" if value is None else quantity(self.lexicon, value, unit)

    def _money(self) -> Iterator[PrintedLine]:
        """The money by section, the totals, and what their difference is made of."""
        comparison = self.comparison
        yield printed("")
        yield printed(f"{self._say(Say.MONEY)} [{unit_words(self.lexicon, comparison.bill.currency)}]", Role.HEADING)
        sections = [each for each in comparison.sections if each.section or each.issued or each.recomputed]
        rows = [self._money_row(each) for each in sections]
        lines = exact_sum(each.issued for each in comparison.sections)
        ours = exact_sum(each.recomputed for each in comparison.sections)
        total = (self._say(Say.TOTAL), comparison.total_issued, comparison.bill.total)
        if (lines, ours) != total[1:] and sections:
            rows.append((self._say(Say.LINES), lines, ours))
        head = (Say.SECTION, Say.ISSUED, Say.RECOMPUTED, Say.DIFFERENCE)
        texts = [tuple(self._say(say) for say in head), *(_cells(row) for row in (*rows, total))]
        roles = [Role.ASIDE, *(Role.TEXT for _ in rows), Role.TITLE]
        for text, role in zip(columns(texts, (Align.LEFT, *[Align.RIGHT] * 3)), roles, strict=True):
            yield printed(f"  {text}", role)
        if comparison.causes:
            yield printed(self._say(Say.CAUSES), Role.HEADING)
            causes = [(self.words.causes[cause], signed(amount)) for cause, amount in comparison.causes.items()]
            for text in columns(causes, (Align.LEFT, Align.RIGHT)):
                yield printed(f"  {text}")
        for other in comparison.readings:
            facts = other.problem.facts
            value = fact_words(self.lexicon, FactType.CHOICE, other.value)
            if "key" in facts:
                key = fact_words(self.lexicon, FactType.KEY, facts["key"])
                yield printed(self._say(Say.READING, key=key, value=value), Role.DOUBT)
            else:
                doubt = sentence(self.lexicon, other.problem.code, facts)
                yield printed(self._say(Say.READING_OF_DOUBT, value=value, doubt=doubt), Role.DOUBT)

    def _money_row(self, row: SectionMoney) -> _MoneyRow:
        name = self._say(Say.NO_SECTION) if row.section is None else self.lexicon.sections[row.section]
        return name, row.issued, row.recomputed


def _cells(row: _MoneyRow) -> tuple[str, ...]:
    name, issued, ours = row
    return name, money(issued), money(ours), signed(EXACT.subtract(issued, ours))


def signed(amount: Decimal) -> str:
    """A difference of money with its sign.

    >>> signed(Decimal("4884"))
    '+4884.00'
    """
    return f"+{money(amount)}" if amount > 0 else money(amount)

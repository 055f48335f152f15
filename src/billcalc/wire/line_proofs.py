"""The ends of derivations as data, as a comparison shows them beside what differs."""

from typing import TypedDict

from billcalc.audit.proof import Proof

__all__ = ["ProofData", "line_proof_data"]


class ProofStepData(TypedDict):
    """A step of a proof, in words."""

    names: list[str]
    words: str
    numbers: str
    exact: str | None
    rounding: str | None
    result: str
    sources: list[str]


class ProofData(TypedDict):
    """The end of a recomputed line's derivation."""

    line: str
    without_steps: str | None
    steps: list[ProofStepData]


def line_proof_data(proof: Proof) -> ProofData:
    """How a recomputed line came about, from its last steps."""
    return {
        "line": proof.title,
        "without_steps": proof.without_steps,
        "steps": [
            {
                "names": list(step.names),
                "words": step.words,
                "numbers": step.numbers,
                "exact": step.exact,
                "rounding": step.rounding,
                "result": step.result,
                "sources": [proof.sources[number].id for number in step.sources],
            }
            for step in proof.steps
        ],
    }

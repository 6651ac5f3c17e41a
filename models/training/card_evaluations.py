"""Writes the measured tables into ../README.md, between their two markers, from the reports in records/evaluation.

Each report is what `sidelight evaluate FAMILY --output records/evaluation/NAME.json` wrote. Numbers are copied as the command printed
them; nothing is computed here.

    python card_evaluations.py
"""

import json
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent
REPORTS = MODELS / "training" / "records" / "evaluation"
BEGIN, END = "<!-- evaluations: written by training/card_evaluations.py -->", "<!-- end of evaluations -->"


def row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def table(one: dict) -> list[str]:
    """A table as Markdown: the first column is words, the others are numbers."""
    header = one["header"]
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return [f"**{one['title']}**", "", row(header), row(rule), *map(row, one["rows"]), ""]


def account(report: dict) -> list[str]:
    """The tables and findings of one report, under its title."""
    lines = [f"### {report['title']}: {len(report['scenes'])} scenes of `{report['data']}`", ""]
    for one in report["tables"]:
        lines += table(one)
    findings = [f"- {sentence}" for sentence in report["findings"]]
    return [*lines, *findings, ""] if findings else lines


def main() -> None:
    reports = [json.loads(path.read_text()) for path in sorted(REPORTS.glob("*.json"))]
    section = "\n".join(line for report in reports for line in account(report)).rstrip()
    card = MODELS / "README.md"
    before, rest = card.read_text().split(BEGIN)
    card.write_text(f"{before}{BEGIN}\n\n{section}\n\n{END}{rest.split(END)[1]}")


if __name__ == "__main__":
    main()
